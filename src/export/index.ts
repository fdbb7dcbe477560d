export {toDense} from './to_dense';
export {toGraphModel} from './to_graph_model';
export {toOnnx} from './to_onnx';
