import {RegionDense, type RegionDenseArgs} from './region_dense';
import {ReLUPair, type ReLUPairArgs} from './relu_pair';
import {TriangleWave, type TriangleWaveArgs} from './triangle_wave';
import {WHTProjection, type WHTProjectionArgs} from './wht_projection';

export {
  RegionDense,
  type RegionDenseArgs,
  ReLUPair,
  type ReLUPairArgs,
  TriangleWave,
  type TriangleWaveArgs,
  WHTProjection,
  type WHTProjectionArgs,
};

/** See {@link WHTProjection}. */
export const whtProjection = (args: WHTProjectionArgs): WHTProjection => new WHTProjection(args);
/** See {@link ReLUPair}. */
export const reluPair = (args?: ReLUPairArgs): ReLUPair => new ReLUPair(args);
/** See {@link TriangleWave}. */
export const triangleWave = (args?: TriangleWaveArgs): TriangleWave => new TriangleWave(args);
/** See {@link RegionDense}. */
export const regionDense = (args: RegionDenseArgs): RegionDense => new RegionDense(args);
