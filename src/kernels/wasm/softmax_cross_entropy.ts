import {util} from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';

/** Values from which on the exponentials of tfjs, which are SIMD, make up for a call of several kernels. */
const MANY = 4096;

/** The one loop where values are few, as in a classifier of some classes; else the ops of tfjs. */
export const forFewValues =
  (name: string, loop: KernelFunction): KernelFunction =>
  (call) =>
    (util.sizeFromShape(call.inputs.logits!.shape) < MANY ? loop : portable(name))(call);
