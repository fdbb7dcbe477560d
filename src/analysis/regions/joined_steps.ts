import type {Node, PiecewiseLinear} from '../piecewise_linear/read_model';
import type {Affine} from '../piecewise_linear/steps';

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
  const sizes = scale.map(Math.abs);
  const {at, few} = first;
  return {
    kind: 'affine',
    inputs: first.inputs,
    outputs: first.outputs,
    linear: (x, rows) => times(first.linear(x, rows), scale),
    absolute: (x, rows) => times(first.absolute(x, rows), sizes),
    transposed: (y, rows) => first.transposed(second.transposed(y, rows), rows),
    few:
      few &&
      ((x) => {
        const reached = few(x);
        const {sums, starts, block, count} = reached;
        for (let b = 0; b < count; b++) for (let i = starts[b]; i < starts[b] + block; i++) sums[i] *= scale[i];
        return reached;
      }),
    at(output, x, given) {
      const [value, size] = at(output, x, given);
      return [value * scale[output], size * sizes[output]];
    },
    bias,
    multiplyAdds: first.multiplyAdds + second.multiplyAdds,
  };
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
