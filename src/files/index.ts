/**
 * Models from files that come from anybody, without Node and without a server.
 *
 * @module
 */

export {type ModelFile, modelFiles} from './model_files';
