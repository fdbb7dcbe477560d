/** Before tfjs-core's specs are read: Jasmine's globals, and the one backend to run them on. */

import * as tf from '@tensorflow/tfjs';
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util';

declare const BACKEND: string;

require('jasmine-core').boot();
// tfjs-node starts the backend in the same way as its own run of these specs.
setTestEnvs([{name: `test-${BACKEND}`, backendName: BACKEND, flags: {}, isDataSync: true}]);
tf.env().set('IS_TEST', true);
