import type * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireOneOf, requireOptions} from '../../errors';
import {chooseTable, log10Of, type WholeNumber, wholeNumber} from '../../math/big_count';
import {NotPiecewiseLinear} from '../piecewise_linear/layer_call';
import {type Point, pointOf} from '../piecewise_linear/point';
import {isChain, type PiecewiseLinear, readPiecewiseLinear} from '../piecewise_linear/read_model';
import {outputsOf, type Step} from '../piecewise_linear/steps';
import {expectedCells} from './expected_cells';

/** Options of {@link regionBounds}. */
export interface RegionBoundsArgs {
  /** Dimension of the part of the input that is looked at, an integer >= 1: 1 for lines, 2 for planes. Default: all. */
  dimension?: number;
  /** One end of a segment; together with `to` it sets the dimension to 1 and asks for `expectedCells`. */
  from?: Point;
  /** The other end. */
  to?: Point;
  /**
   * Which breakpoints are counted: 'possible' are all that other weights could give these layers, 'live' those that these
   * weights give, without pairs of equal slopes. Default: 'possible'.
   */
  breakpoints?: 'possible' | 'live';
}

const OPTIONS: Names<RegionBoundsArgs> = {dimension: true, from: true, to: true, breakpoints: true};

/** A whole number of any size. */
export interface Count {
  /** A number up to 2^53, beyond a text of all its digits; `BigInt(count)` computes with either. */
  count: WholeNumber;
  /** Its decimal logarithm. */
  log10: number;
}

/** What {@link regionBounds} gives. */
export interface RegionBounds {
  /** Dimension of the part of the input that was looked at. */
  dimension: number;
  /** No network of these layers has more, whatever its weights; with 'live' breakpoints, not this one. */
  serra: Count;
  /** The same without the dimensions that inactive ReLUs take away: at least as large. */
  montufar: Count;
  /** The activation cells that random weights of the same size would give along the segment; null if not known: see `notes`. */
  expectedCells: number | null;
  /** Why something is not known, in words. */
  notes: string[];
}

/**
 * Upper bounds of the number of linear regions, to put beside a count, and what random weights would give.
 *
 * They are those of the architecture: n_l is the number of units of layer l that can bend, whether they do or not, as in
 * the paper. `breakpoints: 'live'` has those alone that bend with the weights of now, which bounds this network closer.
 * Both bound the activation cells, too.
 *
 * `serra`: the sum over j of prod_l C(n_l, j_l), j_l <= min(n_0, n_1 - j_1, ..., n_(l-1) - j_(l-1), n_l).
 * `montufar`: prod_l sum_(j <= d_l) C(n_l, j), d_l = min(n_0, ..., n_l). Units of k breakpoints count as k parallel
 * lines, a pooling window as all pairs of its places. Only ReLUs take dimensions away, not slopes that are trained, and
 * only in models without branches; elsewhere the two are equal, or looser than they could be.
 *
 * `expectedCells`: with `from` and `to`, 1 + sum_l n_l angle_l / pi, where angle_l is the angle between the ends as the
 * units of layer l see them. For the first layer that is the expectation over Gaussian weights of the mean squares that
 * the model has; for later layers its limit for wide layers. Dense layers with ReLUs or two slopes at 0 only, else null, and
 * `notes` says why.
 * It grows with the number of units, not exponentially with depth.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws As `countLinearRegions`, and if the dimension is not an integer >= 1, one of the ends is missing, or a layer has
 * breakpoints without end (`inputNorm: 'fold'`): there is no bound then.
 *
 * Sources: Serra, Tjandraatmadja and Ramalingam 2018, theorem 1; Montufar 2017; Hanin and Rolnick 2019.
 *
 * @example
 * const {serra} = await pw.analysis.regionBounds(model, {dimension: 1});  // 1-2-2-1 ReLU: serra.count is 9
 */
export async function regionBounds(model: tf.LayersModel, args: RegionBoundsArgs = {}): Promise<RegionBounds> {
  const who = 'regionBounds';
  requireOptions(args, OPTIONS, who);
  const live = requireOneOf(args.breakpoints ?? 'possible', 'breakpoints', who, ['possible', 'live']) === 'live';
  const network = await readPiecewiseLinear(model, who);
  requireEnd(network);
  const segment = args.from !== undefined || args.to !== undefined;
  const limit = requireInteger(args.dimension ?? (segment ? 1 : network.inputs), 'dimension', who, 1, 1);
  if (segment && limit !== 1) fail(who, 'dimension must be 1 along a segment', limit, 'Leave it out.');
  const ends = segment
    ? await Promise.all((['from', 'to'] as const).map((name) => pointOf(args[name], name, network.inputShapes, who)))
    : null;
  const dimension = Math.min(limit, network.inputs);
  const chain = isChain(network.nodes);
  const layers = layersOf(network, chain, live);
  const counted = (lose: boolean) => {
    const count = bound(layers, dimension, lose && chain);
    return {count: wholeNumber(count), log10: log10Of(count)};
  };
  const expected = !ends
    ? 'it needs from and to'
    : chain
      ? expectedCells(network, ends[0], ends[1])
      : 'the model has branches';
  const known =
    typeof expected === 'number'
      ? {expectedCells: expected, notes: []}
      : {expectedCells: null, notes: [`No expectation for random weights: ${expected}.`]};
  return {dimension, serra: counted(true), montufar: counted(false), ...known};
}

/** What a step with breakpoints does to a space that the layers before have left of the input. */
interface Layer {
  units: number;
  /** Ways to choose j hyperplanes that meet, by j. */
  choose(j: number): bigint;
  /** Whether a unit has slope 0 on one side of its one breakpoint. */
  isReLU: boolean;
  /** The smallest number of values since the layer before. */
  width: number;
}

function requireEnd({nodes}: PiecewiseLinear): void {
  const endless = nodes.find(({step}) => step.kind === 'elementwise' && step.functions.some(({period}) => period));
  if (endless) {
    throw new NotPiecewiseLinear(
      `layer ${endless.layer}: a bound needs finitely many breakpoints, but received inputNorm 'fold', which repeats ` +
        "without end. Count the regions of a segment, or use inputNorm 'clip'.",
    );
  }
}

function layersOf({nodes}: PiecewiseLinear, chain: boolean, live: boolean): Layer[] {
  const layers: Layer[] = [];
  let width = Infinity;
  for (const {step} of nodes) {
    width = Math.min(width, outputsOf(step));
    if (step.kind === 'affine') continue;
    const choose = chooseTable(hyperplanes(step, live));
    layers.push({units: outputsOf(step), choose, isReLU: isReLU(step, live), width});
    width = Infinity;
  }
  return chain ? layers : layers.map((layer) => ({...layer, width: Infinity, units: Infinity}));
}

/** The number of parallel hyperplanes for each direction. */
function hyperplanes(step: Exclude<Step, {kind: 'affine'}>, live: boolean): number[] {
  if (step.kind === 'elementwise')
    return step.functions.map(({kinks, possibleKinks}) => (live ? kinks.length : possibleKinks));
  return step.windows.flatMap(({length}) => new Array<number>((length * (length - 1)) / 2).fill(1));
}

const isReLU = (step: Step, live: boolean) =>
  step.kind === 'elementwise' &&
  step.functions.every(
    ({slopes, trainable}) => slopes.length === 2 && (slopes[0] === 0 || slopes[1] === 0) && (live || !trainable),
  );

/** The most regions that the layers can cut a space of some dimension into; `lose` dimensions where ReLUs are off. */
function bound(layers: Layer[], dimension: number, lose: boolean): bigint {
  const known = new Map<string, bigint>();
  const from = (l: number, incoming: number): bigint => {
    if (l === layers.length) return 1n;
    const {units, choose, isReLU, width} = layers[l];
    const d = Math.min(incoming, width);
    const key = `${l} ${d}`;
    let total = known.get(key);
    if (total === undefined) {
      total = 0n;
      const shrinks = lose && isReLU;
      for (let j = 0; j <= Math.min(d, units); j++) {
        total += choose(j) * from(l + 1, Math.min(d, shrinks ? units - j : units));
      }
      known.set(key, total);
    }
    return total;
  };
  return from(0, dimension);
}
