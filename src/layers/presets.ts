import {type Names, requireNumber, requireOptions} from '../errors';
import {Given} from '../initializers/given';
import {PeakConstant} from '../initializers/peaks';
import type {LayerArgs} from '../tfjs_internals';
import {LAYER_OPTIONS} from './piecewise_layer';
import {RegionDense} from './region_dense';
import {TriangleWave} from './triangle_wave';
import {requireInterval} from './wave/options';

/** Arguments of layers with known weights, such as {@link sawtooth}. */
export interface PresetArgs extends Omit<LayerArgs, 'trainable'> {
  /** Levels of the wave, an integer >= 1. Default: 5. */
  depth?: number;
  /** The weights start as given and train. Default: false. */
  trainable?: boolean;
}

/** Arguments of {@link square}. */
export interface SquareArgs extends PresetArgs {
  /** Interval of x. Default: [0, 1]. */
  domain?: readonly [low: number, high: number];
}

/** Arguments of {@link product}. */
export interface ProductArgs extends PresetArgs {
  /** Largest |x| and |y|, > 0. Default: 1. */
  range?: number;
}

const HALVES = () => new PeakConstant({value: 0.5});

const PRESET: Names<PresetArgs> = {...LAYER_OPTIONS, depth: true};
const SQUARE: Names<SquareArgs> = {...PRESET, domain: true};
const PRODUCT: Names<ProductArgs> = {...PRESET, range: true};

/**
 * x^2, element by element, in 2^depth pieces.
 *
 * `y = (x^2 at the ends of 2^depth equal pieces of the domain, straight lines between)`. On a domain of length L the error
 * is from 0 to L^2 / 2^(2 depth + 2), its mean square L^4 / (30 * 2^(4 depth)).
 *
 * A known function to test with, or a start for training: frozen unless `trainable`.
 *
 * Input and output shape [..., channels]. Beyond the domain the end pieces go on.
 *
 * @throws If an argument is out of its range.
 *
 * Source: Yarotsky, "Error bounds for approximations with deep ReLU networks", 2017.
 *
 * @example
 * const square = pw.layers.square({depth: 3, domain: [-1, 1], inputShape: [1]});  // error at most 1/64
 */
export function square(args: SquareArgs = {}): TriangleWave {
  requireOptions(args, SQUARE, 'square');
  const [low, high] = requireInterval(args.domain ?? [0, 1], 'domain', 'square');
  const length = high - low;
  const base = {slope: length * (low + high), intercept: low ** 2};
  const own = {scale: length ** 2 / 4, base, peakInitializer: HALVES(), inputNorm: 'none'} as const;
  return new TriangleWave({...args, ...own, domain: [low, high], trainable: args.trainable ?? false});
}

/**
 * Sawtooth from 0 to 1 and back, 2^(depth - 1) times: 2^depth pieces, the most that depth can give a triangle wave.
 *
 * `y = W_(depth-1)(u)`, u = x brought from the domain to [0, 1], all peaks 1/2.
 *
 * Shallow networks need about 2^depth units for it: a target to count regions on. Frozen unless `trainable`.
 *
 * Input and output shape [..., channels]; outputs in [0, 1] on the domain. Beyond it the value is that at its ends, 0.
 *
 * @throws If an argument is out of its range.
 *
 * Source: Telgarsky, "Benefits of depth in neural networks", 2016.
 *
 * @example
 * const teeth = pw.layers.sawtooth({depth: 4, inputShape: [1]});  // 8 teeth
 */
export function sawtooth(args: SquareArgs = {}): TriangleWave {
  requireOptions(args, SQUARE, 'sawtooth');
  const domain = requireInterval(args.domain ?? [0, 1], 'domain', 'sawtooth');
  const wave = {scaling: 'sawtooth', curvature: 'concave', scale: 1, base: {slope: 0, intercept: 0}} as const;
  return new TriangleWave({
    ...args,
    ...wave,
    domain,
    peakInitializer: HALVES(),
    inputNorm: 'clip',
    trainable: args.trainable ?? false,
  });
}

/**
 * The product of two numbers, from two squares.
 *
 * `z = sq((x + y) / 2) - sq((x - y) / 2)`, |z - x y| <= range^2 / 4^depth for |x|, |y| <= range.
 *
 * A multiplication inside a piecewise-linear network, or a start for training: frozen unless `trainable`.
 *
 * Input shape [..., 2], output shape [..., 1].
 *
 * @throws If an argument is out of its range, or the last axis has another size than 2.
 *
 * Source: Yarotsky, 2017 (polarization).
 *
 * @example
 * const product = pw.layers.product({depth: 5, inputShape: [2]});
 * product.apply(tf.tensor2d([[0.5, -0.25]]));  // -0.125 up to 1/1024
 */
export function product(args: ProductArgs = {}): RegionDense {
  requireOptions(args, PRODUCT, 'product');
  const {range: given, ...others} = args;
  const range = requireNumber(given ?? 1, 'range', 'product', [Number.MIN_VALUE, Infinity], 1);
  const wave = {scale: range ** 2, base: {slope: 0}, domain: [-range, range], inputNorm: 'none'} as const;
  return new RegionDense({
    ...others,
    ...wave,
    units: 1,
    subnets: 2,
    useBias: false,
    kernelInitializer: new Given({
      values: [
        [0.5, 0.5],
        [0.5, -0.5],
      ],
    }),
    mixInitializer: new Given({values: [[1], [-1]]}),
    peakInitializer: HALVES(),
    trainable: args.trainable ?? false,
  });
}
