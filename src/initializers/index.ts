import {Given, type GivenArgs, type NestedNumbers} from './given';
import {PeakConstant, type PeakConstantArgs, PeakUniform, type PeakUniformArgs} from './peaks';
import {RAI, type RAIArgs} from './rai';
import {TorchLinear, type TorchLinearArgs} from './torch_linear';

export {
  Given,
  type GivenArgs,
  type NestedNumbers,
  PeakConstant,
  type PeakConstantArgs,
  PeakUniform,
  type PeakUniformArgs,
  RAI,
  type RAIArgs,
  TorchLinear,
  type TorchLinearArgs,
};

/** See {@link Given}. */
export const given = (args: GivenArgs): Given => new Given(args);
/** See {@link PeakConstant}. */
export const peakConstant = (args?: PeakConstantArgs): PeakConstant => new PeakConstant(args);
/** See {@link PeakUniform}. */
export const peakUniform = (args?: PeakUniformArgs): PeakUniform => new PeakUniform(args);
/** See {@link RAI}. */
export const rai = (args?: RAIArgs): RAI => new RAI(args);
/** See {@link TorchLinear}. */
export const torchLinear = (args?: TorchLinearArgs): TorchLinear => new TorchLinear(args);
