import {
  type Constant,
  type Graph,
  type Operation,
  type StandardKind,
  type Translation,
  translate,
  type Windows,
} from '../lower/operations';
import {type Attribute, dimensions, flag, integer, integers, text, typeOf} from './attributes';

/** An entry of a GraphDef. */
export interface Node {
  name: string;
  op: string;
  input: string[];
  attr: {[name: string]: Attribute};
}

/** A node without the name and the inputs of its operation. */
interface Part {
  op: string;
  /** Constant inputs after those of the operation; a number stands for a tensor without axes. */
  integers?: (number | readonly number[] | readonly (readonly number[])[])[];
  attr?: Node['attr'];
}

const plain = (op: string) => (): Part => ({op});

/** On volumes the operation of images has another name. */
const images = (op: string, {strides, padding}: Windows, attr: Node['attr'], volumes = `${op}3D`): Part => ({
  op: strides.length === 3 ? volumes : op,
  attr: {
    strides: integers([1, ...strides, 1]),
    padding: text(padding.toUpperCase()),
    data_format: text(strides.length === 3 ? 'NDHWC' : 'NHWC'),
    explicit_paddings: integers([]),
    ...attr,
  },
});

const reduction =
  (op: string) =>
  ({attributes: {axes, keepDims}}: Operation<'mean' | 'max'>): Part => ({
    op,
    integers: [axes],
    attr: {keep_dims: flag(keepDims)},
  });

const pool =
  (op: string) =>
  ({attributes}: Operation<'maxPool' | 'averagePool'>) =>
    images(op, attributes, {ksize: integers([1, ...attributes.size, 1])});

const convolution =
  (op: string) =>
  ({attributes}: Operation<'conv' | 'depthwiseConv2d'>) =>
    images(op, attributes, {dilations: integers([1, ...attributes.dilations, 1])}, 'Conv3D');

/** The operations of TensorFlow. */
const PARTS: Translation<Part> = {
  abs: plain('Abs'),
  elu: plain('Elu'),
  erf: plain('Erf'),
  floor: plain('Floor'),
  identity: plain('Identity'),
  logSoftmax: plain('LogSoftmax'),
  neg: plain('Neg'),
  relu: plain('Relu'),
  selu: plain('Selu'),
  sigmoid: plain('Sigmoid'),
  softmax: plain('Softmax'),
  softplus: plain('Softplus'),
  sqrt: plain('Sqrt'),
  tanh: plain('Tanh'),
  add: plain('AddV2'),
  sub: plain('Sub'),
  mul: plain('Mul'),
  div: plain('RealDiv'),
  maximum: plain('Maximum'),
  minimum: plain('Minimum'),
  less: plain('Less'),
  select: plain('SelectV2'),
  matMul: ({inputs}): Part =>
    inputs.every(({shape}) => shape.length === 2)
      ? {op: 'MatMul', attr: {transpose_a: flag(false), transpose_b: flag(false)}}
      : {op: 'BatchMatMulV2', attr: {adj_x: flag(false), adj_y: flag(false)}},
  reshape: ({attributes: {shape}}) => ({op: 'Reshape', integers: [shape]}),
  transpose: ({attributes: {perm}}) => ({op: 'Transpose', integers: [perm]}),
  concat: ({inputs, attributes: {axis}}) => ({op: 'ConcatV2', integers: [axis], attr: {N: integer(inputs.length)}}),
  slice: ({attributes: {starts, sizes}}) => ({op: 'Slice', integers: [starts, sizes]}),
  gather: ({attributes: {axis}}) => ({op: 'GatherV2', integers: [axis], attr: {batch_dims: integer(0)}}),
  tile: ({attributes: {times}}) => ({op: 'Tile', integers: [times]}),
  pad: ({attributes: {before, after}}) => ({op: 'Pad', integers: [before.map((n, i) => [n, after[i]])]}),
  mean: reduction('Mean'),
  max: reduction('Max'),
  conv: convolution('Conv2D'),
  depthwiseConv2d: convolution('DepthwiseConv2dNative'),
  maxPool: pool('MaxPool'),
  averagePool: pool('AvgPool'),
  resize: ({attributes: {method, size}}) => ({
    op: method === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear',
    integers: [size],
    attr: {align_corners: flag(false), half_pixel_centers: flag(false)},
  }),
};

/** The nodes of a graph, and the constants that some of them are. */
export function nodesOf(graph: Graph<StandardKind>): {nodes: Node[]; constants: Constant[]} {
  const constants = [...graph.constants];
  const known = new Map<string, string>();
  /** The name of a constant of integers; equal ones are there once. */
  const nameOf = (list: NonNullable<Part['integers']>[number]): string => {
    const key = JSON.stringify(list);
    const flat = [list].flat(2) as number[];
    const shape = typeof list === 'number' ? [] : Array.isArray(list[0]) ? [list.length, 2] : [flat.length];
    if (!known.has(key)) {
      const name = graph.uniqueName(`integers_${flat.join('_')}`);
      constants.push({name, shape, dtype: 'int32', data: Int32Array.from(flat)});
      known.set(key, name);
    }
    return known.get(key)!;
  };
  const computed = graph.operations.map((operation): Node => {
    const {op, integers: lists = [], attr = {}} = translate(operation, PARTS);
    const [first] = operation.inputs;
    return {
      name: operation.output.name,
      op,
      input: [...operation.inputs.map(({name}) => name), ...lists.map(nameOf)],
      attr: {T: typeOf(operation.kind === 'select' ? operation.output : first), ...attr},
    };
  });
  const placeholders = graph.inputs.map((value) => {
    const attr = {dtype: typeOf(value), shape: {shape: dimensions(value.shape)}};
    return {name: value.name, op: 'Placeholder', input: [], attr};
  });
  const fixed = constants.map((constant) => {
    const {name, shape} = constant;
    const dtype = typeOf(constant);
    return {
      name,
      op: 'Const',
      input: [],
      attr: {dtype, value: {tensor: {dtype: dtype.type, tensorShape: dimensions(shape)}}},
    };
  });
  return {nodes: [...placeholders, ...fixed, ...computed], constants};
}
