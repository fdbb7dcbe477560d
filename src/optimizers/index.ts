/**
 * Optimizers that `tf.train` lacks.
 *
 * @module
 */

export {AdamW, type AdamWArgs, adamW} from './adam_w';
