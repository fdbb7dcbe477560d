import {fail} from '../../errors';
import type {Kind, Operation, Size, Translation, Windows} from '../lower/operations';
import type {Collector} from './collector';
import type {AttributeValue} from './messages';

type Attributes = {[name: string]: AttributeValue};

/** Larger than any size. */
const END = 2 ** 31 - 1;

/**
 * The padding 'same' of images or volumes of a size, for windows of a size. ONNX Runtime's SAME_UPPER counts negative padding
 * where a stride is longer than the window, and knows no dilation.
 */
function samePads(
  sizes: readonly Size[],
  strides: readonly number[],
  windows: readonly number[],
  dilations: readonly number[] = windows.map(() => 1),
): Attributes {
  const spans = windows.map((size, axis) => dilations[axis] * (size - 1) + 1);
  const totals = sizes.map((n, axis) => {
    const [stride, span] = [strides[axis], spans[axis]];
    if (stride === 1) return span - 1;
    return n === null ? null : Math.max(0, (Math.ceil(n / stride) - 1) * stride + span - n);
  });
  if (totals.includes(null)) {
    if (spans.every((span, axis) => span >= strides[axis] && span === windows[axis])) return {auto_pad: 'SAME_UPPER'};
    const expected =
      "the sizes of images must be known where windows of padding 'same' are dilated or shorter than strides";
    fail('toOnnx', expected, `sizes [${sizes.map((n) => n ?? 'null')}]`, 'Set inputShape.');
  }
  const before = totals.map((total) => Math.floor(total! / 2));
  return {pads: [...before, ...totals.map((total, axis) => total! - before[axis])]};
}

/** What adds the operations of ONNX. */
export function onnxOperations(graph: Collector): Translation<void> {
  const add = ({inputs, output}: Operation<Kind>, op: string, attributes: Attributes = {}, extra: string[] = []) => {
    graph.add(op, [...inputs.map(({name}) => name), ...extra], attributes, output.name);
  };
  const plain =
    (op: string, attributes: Attributes = {}) =>
    (operation: Operation<Kind>) =>
      add(operation, op, attributes);
  const lastAxis = (op: string) => (operation: Operation<Kind>) =>
    add(operation, op, {axis: operation.inputs[0].shape.length - 1});
  const reduction = (op: string) => (operation: Operation<'mean' | 'max'>) =>
    add(operation, op, {axes: operation.attributes.axes, keepdims: Number(operation.attributes.keepDims)});

  /** An operation on images or volumes, which has the channels first. */
  const images = ({inputs: [x], output}: Operation<Kind>, op: string, extra: string[], attributes: Attributes) => {
    const last = x.shape.length - 1;
    const axes = Array.from({length: last - 1}, (_, i) => i + 1);
    const y = graph.add(op, [graph.add('Transpose', [x.name], {perm: [0, last, ...axes]}), ...extra], attributes);
    graph.add('Transpose', [y], {perm: [0, ...axes.map((axis) => axis + 1), 1]}, output.name);
  };
  const windows = (
    {inputs: [x]}: Operation<Kind>,
    {strides, padding, dilations}: Windows & {dilations?: readonly number[]},
    size: readonly number[],
  ): Attributes => ({
    strides,
    ...(padding === 'valid' ? {auto_pad: 'VALID'} : samePads(x.shape.slice(1, -1), strides, size, dilations)),
    ...(dilations && {dilations}),
  });
  const convolution = (operation: Operation<'conv' | 'depthwiseConv2d'>): Attributes => {
    const {inputs, attributes} = operation;
    return windows(operation, attributes, inputs[1].shape.slice(0, -2) as number[]);
  };
  const pool = (op: string) => (operation: Operation<'maxPool' | 'averagePool'>) => {
    const {attributes} = operation;
    const {size} = attributes;
    images(operation, op, [], {...windows(operation, attributes, size), kernel_shape: size});
  };

  return {
    abs: plain('Abs'),
    elu: plain('Elu'),
    erf: plain('Erf'),
    floor: plain('Floor'),
    identity: plain('Identity'),
    logSoftmax: lastAxis('LogSoftmax'),
    neg: plain('Neg'),
    relu: plain('Relu'),
    selu: plain('Selu'),
    sigmoid: plain('Sigmoid'),
    softmax: lastAxis('Softmax'),
    softplus: plain('Softplus'),
    sqrt: plain('Sqrt'),
    tanh: plain('Tanh'),
    add: plain('Add'),
    sub: plain('Sub'),
    mul: plain('Mul'),
    div: plain('Div'),
    maximum: plain('Max'),
    minimum: plain('Min'),
    less: plain('Less'),
    select: plain('Where'),
    matMul: plain('MatMul'),
    reshape: (operation) => add(operation, 'Reshape', {}, [graph.integers(operation.attributes.shape)]),
    transpose: (operation) => add(operation, 'Transpose', {perm: operation.attributes.perm}),
    concat: (operation) => add(operation, 'Concat', {axis: operation.attributes.axis}),
    slice: (operation) => {
      const {starts, sizes} = operation.attributes;
      const ends = sizes.map((size, i) => (size < 0 ? END : starts[i] + size));
      add(operation, 'Slice', {}, [graph.integers(starts), graph.integers(ends)]);
    },
    gather: (operation) => add(operation, 'Gather', {axis: operation.attributes.axis}),
    tile: (operation) => add(operation, 'Tile', {}, [graph.integers(operation.attributes.times)]),
    pad: (operation) => {
      const {before, after} = operation.attributes;
      add(operation, 'Pad', {}, [graph.integers([...before, ...after])]);
    },
    mean: reduction('ReduceMean'),
    max: reduction('ReduceMax'),
    conv: (operation) => {
      const {inputs} = operation;
      const filters = inputs[1].shape.length - 1;
      const perm = [filters, filters - 1, ...Array.from({length: filters - 1}, (_, i) => i)];
      const kernel = graph.add('Transpose', [inputs[1].name], {perm});
      images(operation, 'Conv', [kernel], convolution(operation));
    },
    depthwiseConv2d: (operation) => {
      const {inputs} = operation;
      const [height, width, channels, multiplier] = inputs[1].shape as number[];
      const turned = graph.add('Transpose', [inputs[1].name], {perm: [2, 3, 0, 1]});
      const kernel = graph.add('Reshape', [turned, graph.integers([channels * multiplier, 1, height, width])]);
      images(operation, 'Conv', [kernel], {...convolution(operation), group: channels});
    },
    maxPool: pool('MaxPool'),
    averagePool: pool('AveragePool'),
    resize: (operation) => {
      const {method, factors} = operation.attributes;
      // An empty name leaves out the region of interest.
      images(operation, 'Resize', ['', graph.numbers([1, 1, ...factors])], {
        mode: method === 'nearest' ? 'nearest' : 'linear',
        nearest_mode: 'floor',
        coordinate_transformation_mode: 'asymmetric',
      });
    },
  };
}
