import {type Graph, type Kind, type Operation, type Translation, translate, type Value} from '../lower/operations';
import {broadcast, pooled, product, replaced} from '../lower/shapes';
import {spanOf} from './windows';

export type Sizes = readonly number[];

export const count = (sizes: Sizes): number => product(sizes)!;

/** The sizes of all values for one sample. Those of the inputs must be known but for the batch. */
export function sizesOf(graph: Graph): (value: Value) => Sizes {
  const known = new Map<Value, Sizes>();
  const sizesOf = (value: Value) => known.get(value)!;
  for (const value of graph.inputs) known.set(value, [1, ...(value.shape.slice(1) as number[])]);
  for (const constant of graph.constants) known.set(constant, constant.shape);
  for (const operation of graph.operations) known.set(operation.output, outputSizes(operation, sizesOf));
  return sizesOf;
}

function outputSizes(operation: Graph['operations'][number], sizesOf: (value: Value) => Sizes): Sizes {
  const xs = operation.inputs.map(sizesOf);
  const [x] = xs;
  const spread = () => xs.reduce((all, own) => broadcast(all, own) as number[]);
  const reduced = ({attributes: {axes, keepDims}}: Operation<'mean' | 'max'>) => pooled(x, axes, keepDims) as Sizes;
  const windowed = (sizes: Sizes, {attributes}: Operation<Windowed>, channels: number): Sizes => {
    const {strides, padding} = attributes;
    const dilations = 'dilations' in attributes ? attributes.dilations : sizes.map(() => 1);
    const places = x.slice(1, -1).map((n, axis) => {
      const span = spanOf(sizes[axis], dilations[axis]);
      return padding === 'same' ? Math.ceil(n / strides[axis]) : Math.floor((n - span) / strides[axis]) + 1;
    });
    return [x[0], ...places, channels];
  };
  const pool = (one: Operation<'maxPool' | 'averagePool'>) => windowed(one.attributes.size, one, x.at(-1)!);
  const others: Partial<Translation<Sizes, Kind>> = {
    matMul: () => [...(broadcast(x.slice(0, -2), xs[1].slice(0, -2)) as number[]), x.at(-2)!, xs[1].at(-1)!],
    reshape: ({attributes: {shape}}) => {
      const rest = count(x) / count(shape.filter((size) => size >= 0));
      return shape.map((size) => (size < 0 ? rest : size));
    },
    transpose: ({attributes: {perm}}) => perm.map((axis) => x[axis]),
    concat: ({attributes: {axis}}) =>
      replaced(
        x,
        axis,
        xs.reduce((sum, own) => sum + own[axis], 0),
      ) as Sizes,
    slice: ({attributes: {starts, sizes}}) => sizes.map((size, i) => (size < 0 ? x[i] - starts[i] : size)),
    gather: ({attributes: {axis}}) => replaced(x, axis, xs[1][0]) as Sizes,
    tile: ({attributes: {times}}) => x.map((size, i) => size * times[i]),
    pad: ({attributes: {before, after}}) => x.map((size, i) => size + before[i] + after[i]),
    mean: reduced,
    max: reduced,
    conv: (one) => windowed(xs[1].slice(0, -2), one, xs[1].at(-1)!),
    depthwiseConv2d: (one) => windowed(xs[1].slice(0, -2), one, xs[1].at(-2)! * xs[1].at(-1)!),
    maxPool: pool,
    averagePool: pool,
    resize: ({attributes: {factors}}) => [x[0], x[1] * factors[0], x[2] * factors[1], x[3]],
  };
  return operation.kind in others ? translate(operation, others as Translation<Sizes, Kind>) : spread();
}

type Windowed = 'conv' | 'depthwiseConv2d' | 'maxPool' | 'averagePool';
