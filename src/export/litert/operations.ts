import type {Constant, Kind, Operation, Size, Translation, Value, Windows} from '../lower/operations';
import type {Collector} from './collector';
import {composed} from './composed';
import {float32, int8, int32, type Operator, type Options, windowOptions} from './schema';
import {turned} from './turned';
import {covered} from './windows';

const isConstant = (value: Value): value is Constant & {data: Float32Array} => 'data' in value;

/** What adds the operations of LiteRT. */
export function liteRTOperations(graph: Collector): Translation<void> {
  const add = ({inputs, output}: Operation<Kind>, operator: Operator, options?: Options, extra: number[] = []) =>
    graph.write(output, operator, [...inputs.map((value) => graph.of(value)), ...extra], options);
  const plain =
    (operator: Operator, options?: Options) =>
    (operation: Operation<Kind>): void =>
      add(operation, operator, options);
  const reduction = (operator: Operator) => (operation: Operation<'mean' | 'max'>) => {
    const {axes, keepDims} = operation.attributes;
    add(operation, operator, [int8(keepDims)], [graph.integers(axes)]);
  };

  /** The kernel with one more axis first or last, as LiteRT has it, and zeros for a bias, which some runtimes ask for. */
  const convolved = (
    operation: Operation<'conv' | 'depthwiseConv2d'>,
    operator: Operator,
    kernel: number,
    options: Options,
  ) => {
    const {inputs, output, attributes} = operation;
    const sizes = inputs[1].shape.slice(0, -2) as number[];
    const x = covered(graph, inputs[0], attributes, sizes, attributes.dilations);
    graph.write(output, operator, [x, kernel, graph.zeros(output.shape.at(-1)!)], options);
  };

  const pool2d = ({strides, padding}: Windows, size: readonly number[]) =>
    windowOptions(padding, strides[1], strides[0], size[1], size[0]);

  /** Windows of volumes are windows of images, then windows along the depth of what is left. */
  const pool = (operator: Operator) => (operation: Operation<'maxPool' | 'averagePool'>) => {
    const {inputs, output, attributes} = operation;
    const {size, strides, padding} = attributes;
    if (size.length === 2) {
      return graph.write(output, operator, [covered(graph, inputs[0], attributes, size)], pool2d(attributes, size));
    }
    const [, depth, height, width, channels] = inputs[0].shape as number[];
    const [, newDepth, newHeight, newWidth] = output.shape as number[];
    const reshape = (x: number, shape: Size[]) =>
      graph.add('RESHAPE', [x, graph.integers(shape.map((n) => n ?? -1))], shape);
    const images = reshape(graph.of(inputs[0]), [null, height, width, channels]);
    const flat = {padding, strides: strides.slice(1)};
    const small = graph.add(operator, [images], [null, newHeight, newWidth, channels], pool2d(flat, size.slice(1)));
    const columns = reshape(small, [null, depth, newHeight * newWidth, channels]);
    const deep = {padding, strides: [strides[0], 1]};
    const options = pool2d(deep, [size[0], 1]);
    const y = graph.add(operator, [columns], [null, newDepth, newHeight * newWidth, channels], options);
    graph.write(output, 'RESHAPE', [y, graph.integers(output.shape.map((n) => n ?? -1))]);
  };

  return {
    ...composed(graph),
    abs: plain('ABS'),
    elu: plain('ELU'),
    floor: plain('FLOOR'),
    logSoftmax: plain('LOG_SOFTMAX'),
    neg: plain('NEG'),
    relu: plain('RELU'),
    sigmoid: plain('LOGISTIC'),
    softmax: plain('SOFTMAX', [float32(1)]),
    sqrt: plain('SQRT'),
    tanh: plain('TANH'),
    add: plain('ADD'),
    sub: plain('SUB'),
    mul: plain('MUL'),
    div: plain('DIV'),
    maximum: plain('MAXIMUM'),
    minimum: plain('MINIMUM'),
    matMul: (operation) => {
      const {inputs, output} = operation;
      const [a, b] = inputs;
      if (!isConstant(b) || b.shape.length !== 2) return add(operation, 'BATCH_MATMUL');
      const kernel = graph.weight(b, 'rows of outputs', () => ({...turned(b, [1, 0], 0), mayBeInt8: true}));
      // The last number: an input of three axes gives an output of three.
      graph.write(output, 'FULLY_CONNECTED', [graph.of(a), kernel, -1], [int8(0), int8(0), int8(true)]);
    },
    reshape: (operation) => add(operation, 'RESHAPE', [], [graph.integers(operation.attributes.shape)]),
    transpose: (operation) => add(operation, 'TRANSPOSE', [], [graph.integers(operation.attributes.perm)]),
    concat: (operation) => add(operation, 'CONCATENATION', [int32(operation.attributes.axis)]),
    slice: (operation) => {
      const {starts, sizes} = operation.attributes;
      const {inputs, options} = graph.slice(starts, sizes);
      add(operation, 'STRIDED_SLICE', options, inputs);
    },
    gather: (operation) => add(operation, 'GATHER', [int32(operation.attributes.axis)]),
    tile: (operation) => add(operation, 'TILE', [], [graph.integers(operation.attributes.times)]),
    pad: (operation) => {
      const {before, after} = operation.attributes;
      const pairs = before.flatMap((n, i) => [n, after[i]]);
      add(operation, 'PAD', [], [graph.integers(pairs, [before.length, 2])]);
    },
    mean: reduction('MEAN'),
    max: reduction('REDUCE_MAX'),
    conv: (operation) => {
      const {padding, strides, dilations} = operation.attributes;
      const kernel = operation.inputs[1] as Constant;
      if (strides.length === 3) {
        const numbers = [strides[0], strides[2], strides[1]];
        const options = [...windowOptions(padding, ...numbers), int8(0), ...dilated(dilations)];
        return convolved(
          operation,
          'CONV_3D',
          graph.weight(kernel, 'volumes', () => turned(kernel, [0, 1, 2, 3, 4], 4)),
          options,
        );
      }
      const options = [...windowOptions(padding, strides[1], strides[0]), int8(0), ...dilated(dilations)];
      convolved(
        operation,
        'CONV_2D',
        graph.weight(kernel, 'images', () => ({...turned(kernel, [3, 0, 1, 2], 0), mayBeInt8: true})),
        options,
      );
    },
    depthwiseConv2d: (operation) => {
      const {padding, strides, dilations} = operation.attributes;
      const kernel = operation.inputs[1] as Constant;
      const [height, width, channels, multiplier] = kernel.shape;
      const options = windowOptions(padding, strides[1], strides[0], multiplier);
      const shape = [1, height, width, channels * multiplier];
      const number = graph.weight(kernel, 'channels', () => ({shape, data: kernel.data as Float32Array, axis: 3}));
      convolved(operation, 'DEPTHWISE_CONV_2D', number, [...options, int8(0), ...dilated(dilations)]);
    },
    maxPool: pool('MAX_POOL_2D'),
    averagePool: pool('AVERAGE_POOL_2D'),
    resize: (operation) => {
      const {method, size} = operation.attributes;
      add(operation, method === 'nearest' ? 'RESIZE_NEAREST_NEIGHBOR' : 'RESIZE_BILINEAR', [], [graph.integers(size)]);
    },
  };
}

/** The depth of volumes comes first, then the width before the height, also of images. */
const dilated = (dilations: readonly number[]) => {
  const [width, height] = [dilations.at(-1)!, dilations.at(-2)!];
  return [...dilations.slice(0, -2), width, height].map(int32);
};
