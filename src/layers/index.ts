import {BlockDense, type BlockDenseArgs} from './block_dense';
import {type PresetArgs, type ProductArgs, product, type SquareArgs, sawtooth, square} from './presets';
import {RegionDense, type RegionDenseArgs} from './region_dense';
import {ReLUPair, type ReLUPairArgs} from './relu_pair';
import {TriangleWave, type TriangleWaveArgs} from './triangle_wave';
import {WHTProjection, type WHTProjectionArgs} from './wht_projection';

export type {SlopeInitializer} from '../initializers/slopes';
export type {InitializerIdentifier} from '../tfjs';
export type {Wave} from './wave_bank';
export type {WaveParameters} from './wave_layer';
export type {Curvature, WaveLayerArgs} from './wave_options';
export {
  BlockDense,
  type BlockDenseArgs,
  type PresetArgs,
  type ProductArgs,
  product,
  RegionDense,
  type RegionDenseArgs,
  ReLUPair,
  type ReLUPairArgs,
  type SquareArgs,
  sawtooth,
  square,
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
/** See {@link BlockDense}. */
export const blockDense = (args?: BlockDenseArgs): BlockDense => new BlockDense(args);
