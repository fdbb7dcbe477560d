/**
 * Saving and loading models in Node: importing this file makes `file://` addresses work.
 *
 * @module
 */

import {registerFileRouter} from './router';

export {fileSystem} from './file_system';

registerFileRouter();
