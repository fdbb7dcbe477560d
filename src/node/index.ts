/** Saving and loading models in Node: importing this file makes `file://` addresses work. */

import {registerFileRouter} from './router';

export {fileSystem} from './file_system';

registerFileRouter();
