/**
 * Initializers: how peaks of waves and kernels of dense layers start.
 *
 * @module
 */

export {Given, type GivenArgs, given, type NestedNumbers} from './given';
export {
  PeakConstant,
  type PeakConstantArgs,
  PeakUniform,
  type PeakUniformArgs,
  peakConstant,
  peakUniform,
} from './peaks';
export {RAI, type RAIArgs, rai} from './rai';
export {TorchLinear, type TorchLinearArgs, torchLinear} from './torch_linear';
