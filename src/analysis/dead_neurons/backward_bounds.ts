import type {Node} from '../piecewise_linear/read_model';
import {type Affine, outputsOf, type Step} from '../piecewise_linear/steps';
import type {Intervals} from './interval_bounds';
import {type Relaxation, relaxationOf} from './relaxations';
import {EPSILON, roundingOf, TINY} from './rounding';
import type {Steps} from './target_layer';
import type {Work} from './work';

/** Upper bounds of linear functions of a value, one for each row, and where the bounds are reached. */
export interface BackwardBounds {
  readonly most: Float64Array;
  /** The corner of the box, one row for each, at which the bound itself is largest. */
  readonly corners: Float64Array;
}

/**
 * Bounds that follow linear functions from a value back to the input: through linear maps by their transposes, through the
 * others by a linear function that is nowhere below. So what cancels in linear maps also cancels in the bound.
 *
 * (Zhang et al., CROWN, arXiv 1811.00866; Singh et al., DeepPoly, POPL 2019.) Rounding is part of the bounds: an error in a factor
 * counts as often as the value that it multiplies can be large.
 */
export class BackwardAnalysis {
  private readonly relaxations = new Map<Node, Relaxation>();

  constructor(
    /** By the numbers of values; on a box. Tighter ones may be put in before they are used. */
    private readonly intervals: Map<number, Intervals>,
  ) {}

  /** `rows` holds `count` linear functions of the value that the steps end with. */
  upperBounds({before, reads}: Steps, rows: Float64Array, count: number, work: Work): BackwardBounds {
    const factors = new Map([[reads, rows]]);
    const sums = {most: new Float64Array(count), error: new Float64Array(count)};
    for (const node of [...before].reverse()) {
      const own = factors.get(node.writes);
      if (!own) continue;
      factors.delete(node.writes);
      work.spend(2 * own.length + (nonzeros(own) * node.step.multiplyAdds) / outputsOf(node.step));
      this.addRounding(node.writes, own, sums);
      const back =
        node.step.kind === 'affine' ? this.throughAffine(node, own, sums) : this.throughBent(node, own, sums);
      this.hand(node, back, count, factors);
    }
    return this.onBox(factors.get(0), count, sums);
  }

  /** Factors that are sums of a few products are off by this part of themselves. */
  private addRounding(value: number, own: Float64Array, {error}: Sums): void {
    const sizes = this.magnitudeOf(value);
    for (let row = 0, k = 0; row < error.length; row++) {
      let sum = 0;
      for (let i = 0; i < sizes.length; i++, k++) if (own[k] !== 0) sum += Math.abs(own[k]) * sizes[i];
      error[row] += FEW * EPSILON * sum;
    }
  }

  private throughAffine({step, writes}: Node, own: Float64Array, {most, error}: Sums): Float64Array {
    const affine = step as Affine;
    const {bias, outputs} = affine;
    const {size} = this.intervals.get(writes)!;
    const rounding = 2 * roundingOf(affine);
    for (let row = 0, k = 0; row < most.length; row++) {
      let [constant, terms] = [0, 0];
      for (let i = 0; i < outputs; i++, k++) {
        if (own[k] === 0) continue;
        if (bias) constant += own[k] * bias[i];
        terms += Math.abs(own[k]) * size[i];
      }
      most[row] += constant;
      error[row] += rounding * terms;
    }
    return affine.transposed(own, most.length);
  }

  private throughBent(node: Node, own: Float64Array, {most, error}: Sums): Float64Array {
    const step = node.step as Exclude<Step, Affine>;
    const {above, below} = this.relaxationOf(node, step);
    const sizes = this.magnitudeOf(node.reads[0]);
    const [outputs, inputs] = [outputsOf(step), sizes.length];
    const back = new Float64Array(most.length * inputs);
    for (let row = 0, k = 0; row < most.length; row++) {
      let [constant, products, constants] = [0, 0, 0];
      for (let i = 0; i < outputs; i++, k++) {
        const factor = own[k];
        if (factor === 0) continue;
        const bounds = factor > 0 ? above : below;
        const [input, slope, offset] = [bounds.inputs[i], bounds.slopes[i], bounds.offsets[i]];
        back[row * inputs + input] += factor * slope;
        constant += factor * offset;
        products += Math.abs(factor * slope) * sizes[input];
        constants += Math.abs(factor * offset);
      }
      most[row] += constant;
      error[row] += EPSILON * (FEW * products + (outputs + FEW) * constants);
    }
    return back;
  }

  private relaxationOf(node: Node, step: Exclude<Step, Affine>): Relaxation {
    let relaxation = this.relaxations.get(node);
    if (!relaxation) {
      relaxation = relaxationOf(step, this.intervals.get(node.reads[0])!);
      this.relaxations.set(node, relaxation);
    }
    return relaxation;
  }

  /** Adds factors to those of the values that a node reads, which are parts of them if there are several. */
  private hand({reads}: Node, back: Float64Array, count: number, factors: Map<number, Float64Array>): void {
    const widths = reads.map((read) => this.intervals.get(read)!.low.length);
    const width = widths.reduce((sum, each) => sum + each, 0);
    let start = 0;
    for (const [part, read] of reads.entries()) {
      let to = factors.get(read);
      if (!to && reads.length === 1) {
        factors.set(read, back);
        return;
      }
      if (!to) {
        to = new Float64Array(count * widths[part]);
        factors.set(read, to);
      }
      for (let row = 0, k = 0; row < count; row++) {
        for (let i = 0, at = row * width + start; i < widths[part]; i++, k++, at++) to[k] += back[at];
      }
      start += widths[part];
    }
  }

  private onBox(factors: Float64Array | undefined, count: number, sums: Sums): BackwardBounds {
    const {low, high} = this.intervals.get(0)!;
    const corners = new Float64Array(count * low.length);
    const own = factors ?? new Float64Array(corners.length);
    this.addRounding(0, own, sums);
    const most = sums.most.map((constant, row) => {
      let [sum, terms] = [constant, Math.abs(constant)];
      for (let i = 0, k = row * low.length; i < low.length; i++, k++) {
        corners[k] = own[k] > 0 ? high[i] : own[k] < 0 ? low[i] : low[i] / 2 + high[i] / 2;
        sum += own[k] * corners[k];
        terms += Math.abs(own[k] * corners[k]);
      }
      const bound = sum + (1 + 1e-6) * (sums.error[row] + EPSILON * (low.length + FEW) * terms) + TINY;
      return Number.isNaN(bound) ? Infinity : bound;
    });
    return {most, corners};
  }

  private magnitudeOf(value: number): Float64Array {
    const {low, high} = this.intervals.get(value)!;
    return low.map((from, i) => Math.max(Math.abs(from), Math.abs(high[i])));
  }
}

/** More than the operations that any one factor or constant takes. */
const FEW = 64;

interface Sums {
  readonly most: Float64Array;
  readonly error: Float64Array;
}

function nonzeros(numbers: Float64Array): number {
  let count = 0;
  for (const number of numbers) if (number !== 0) count++;
  return count;
}
