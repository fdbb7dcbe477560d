/**
 * Layers: a factory for each, as in `tf.layers`, and the classes, by whose names models are saved.
 *
 * @module
 */

export type {SlopeInitializer} from '../initializers/slopes';
export type {InitializerIdentifier} from '../tfjs_internals';
export {BlockDense, type BlockDenseArgs, blockDense} from './block_dense';
export {type DenseArgs, dense} from './dense';
export type {SeedArgs} from './piecewise_layer';
export {type PresetArgs, type ProductArgs, product, type SquareArgs, sawtooth, square} from './presets';
export {RegionDense, type RegionDenseArgs, regionDense} from './region_dense';
export {ReLUPair, type ReLUPairArgs, reluPair} from './relu_pair';
export {TriangleWave, type TriangleWaveArgs, triangleWave} from './triangle_wave';
export type {Wave} from './wave/bank';
export type {WaveParameters} from './wave/layer';
export type {Curvature, WaveLayerArgs} from './wave/options';
export {WHTProjection, type WHTProjectionArgs, whtProjection} from './wht_projection';
