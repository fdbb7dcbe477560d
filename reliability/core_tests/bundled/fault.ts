/** A package that does what none must: it puts its own kernel in the place of one of tfjs. */

import * as tf from '@tensorflow/tfjs';

declare const BACKEND: string;

queueMicrotask(() => {
  tf.unregisterKernel('Relu', BACKEND);
  tf.registerKernel({...tf.getKernel('Abs', BACKEND), kernelName: 'Relu'});
});
