export {toDense} from './to_dense';
