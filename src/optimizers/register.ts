import * as tf from '@tensorflow/tfjs';
import {AdamW} from './adam_w';

/** Makes the optimizers known to `tf.loadLayersModel`. */
export function registerOptimizers(): void {
  tf.serialization.registerClass(AdamW);
}
