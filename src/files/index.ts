/** Models from files that come from anybody, without Node and without a server. */

export {type ModelFile, modelFiles} from './model_files';
