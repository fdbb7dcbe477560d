import type {Node, PiecewiseLinear} from '../piecewise_linear/read_model';
import type {Affine, Few, Reached} from '../piecewise_linear/steps';

/** Biases may not cancel by more: their sum then has the size of its terms. */
const SUM = 1 / 16;

/**
 * A network with fewer steps: a normalization after a convolution, or any scale by units after a map whose numbers can be
 * computed one by one, is one map with it. Each number stays the sum of the same terms, times the scale.
 */
export function joinSteps({nodes, output, ...rest}: PiecewiseLinear): PiecewiseLinear {
  const readers = new Map<number, number>([[output, 1]]);
  for (const {reads} of nodes) for (const read of reads) readers.set(read, (readers.get(read) ?? 0) + 1);
  const joined: Node[] = [];
  for (const node of nodes) {
    const before = joined.at(-1);
    const isNext = before && node.reads.length === 1 && node.reads[0] === before.writes;
    const step = isNext && readers.get(before.writes) === 1 ? scaledStep(before, node) : null;
    if (step)
      joined[joined.length - 1] = {...node, layer: `${before!.layer}, ${node.layer}`, reads: before!.reads, step};
    else joined.push(node);
  }
  return {nodes: joined, output, ...rest};
}

/** The second step after the first as one; null if they cannot be. */
function scaledStep({step: first}: Node, {step: second}: Node): Affine | null {
  if (first.kind !== 'affine' || second.kind !== 'affine' || !first.at || !second.scale) return null;
  const {scale} = second;
  const bias = sumOf(first.bias && times(first.bias.slice(), scale), second.bias);
  if (bias === 'cancels') return null;
  const Joined = first.few ? ScaledFew : Scaled;
  return new Joined(first, scale, bias, first.multiplyAdds + second.multiplyAdds);
}

/** A map whose outputs are scaled. */
class Scaled implements Affine {
  readonly kind = 'affine';
  readonly inputs: number;
  readonly outputs: number;
  protected readonly sizes: Float64Array;

  constructor(
    protected readonly first: Affine,
    protected readonly factors: Float64Array,
    readonly bias: Float64Array | null,
    readonly multiplyAdds: number,
  ) {
    this.inputs = first.inputs;
    this.outputs = first.outputs;
    this.sizes = factors.map(Math.abs);
  }

  linear(x: Float64Array, rows: number): Float64Array {
    return times(this.first.linear(x, rows), this.factors);
  }

  absolute(x: Float64Array, rows: number): Float64Array {
    return times(this.first.absolute(x, rows), this.sizes);
  }

  transposed(y: Float64Array, rows: number): Float64Array {
    return this.first.transposed(times(y.slice(), this.factors), rows);
  }

  at(output: number, x: Float64Array, given: Float64Array): [value: number, size: number] {
    const [value, size] = this.first.at!(output, x, given);
    return [value * this.factors[output], size * this.sizes[output]];
  }
}

/** One that has few numbers where its input has few. */
class ScaledFew extends Scaled {
  few(x: Few, of: 'linear' | 'absolute' = 'linear'): Reached {
    const reached = this.first.few!(x, of);
    const factors = of === 'linear' ? this.factors : this.sizes;
    const {sums, starts, block, count} = reached;
    for (let b = 0; b < count; b++) {
      for (let i = starts[b], end = i + block; i < end; i++) sums[i] *= factors[i];
    }
    return reached;
  }
}

/** Rows times factors, in their place. */
function times(y: Float64Array, factors: Float64Array): Float64Array {
  for (let k = 0; k < y.length; ) for (let i = 0; i < factors.length; i++, k++) y[k] *= factors[i];
  return y;
}

function sumOf(a: Float64Array | null, b: Float64Array | null): Float64Array | null | 'cancels' {
  if (!a || !b) return a ?? b;
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i++) {
    sum[i] = a[i] + b[i];
    if (!(Math.abs(sum[i]) >= SUM * (Math.abs(a[i]) + Math.abs(b[i])))) return 'cancels';
  }
  return sum;
}
