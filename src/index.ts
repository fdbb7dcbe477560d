/** Table of contents. Importing it registers the layers, and the native kernels of every backend. */

import './kernels/cpu';
import './kernels/tensorflow';
import './kernels/wasm';
import './kernels/webgl';
import './kernels/webgpu';
import {registerInitializers} from './initializers/register';
import {registerLayers} from './layers/register';

registerInitializers();
registerLayers();

export {type BackendReport, backendReport} from './backend_report';
export * as initializers from './initializers';
export * as layers from './layers';
export * from './ops';
