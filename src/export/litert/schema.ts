/** The tables of schema.fbs, version 3, by the places of their fields; and the numbers of its operations. */

import type {Size} from '../lower/operations';
import {flatbuffer, float32, type Item, int8, int32, Table} from './flatbuffer';

/** TensorType. */
export const TYPES = {float32: 0, float16: 1, int32: 2, bool: 6, int8: 9} as const;

/** BuiltinOperator, and the type of its options, if it has some. */
export const OPERATORS = {
  ABS: [101, 78],
  ADD: [0, 11],
  AVERAGE_POOL_2D: [1, 5],
  BATCH_MATMUL: [126, 101],
  CONCATENATION: [2, 10],
  CONV_2D: [3, 1],
  CONV_3D: [132, 106],
  DEPTHWISE_CONV_2D: [4, 2],
  DEQUANTIZE: [6, 38],
  DIV: [42, 29],
  ELU: [111, 0],
  EXP: [47, 33],
  FLOOR: [8, 0],
  FULLY_CONNECTED: [9, 8],
  GATHER: [36, 23],
  LESS: [58, 41],
  LOG: [73, 0],
  LOG_SOFTMAX: [50, 36],
  LOGISTIC: [14, 0],
  MAXIMUM: [55, 39],
  MAX_POOL_2D: [17, 5],
  MEAN: [40, 27],
  MINIMUM: [57, 39],
  MUL: [18, 21],
  NEG: [59, 42],
  PAD: [34, 22],
  REDUCE_MAX: [82, 27],
  RELU: [19, 0],
  RESHAPE: [22, 17],
  RESIZE_BILINEAR: [23, 15],
  RESIZE_NEAREST_NEIGHBOR: [97, 74],
  SELECT_V2: [123, 98],
  SOFTMAX: [25, 9],
  SQRT: [75, 0],
  STRIDED_SLICE: [45, 32],
  SUB: [41, 28],
  TANH: [28, 0],
  TILE: [69, 51],
  TRANSPOSE: [39, 26],
} as const;

export type Operator = keyof typeof OPERATORS;
export type Options = ConstructorParameters<typeof Table>[0];

export interface Tensor {
  readonly name: string;
  /** null: known only when it runs. */
  readonly shape: readonly Size[];
  readonly type: keyof typeof TYPES;
  readonly data?: Uint8Array;
  /** Numbers are a scale times what is stored; one scale for each place along an axis, or one for all. */
  readonly scales?: Float32Array;
  readonly axis?: number;
}

export interface Step {
  readonly operator: Operator;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: Options;
}

export interface Model {
  readonly name: string;
  readonly tensors: readonly Tensor[];
  readonly steps: readonly Step[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly metadata: {readonly [key: string]: string};
}

export function modelBytes({name, tensors, steps, inputs, outputs, metadata}: Model): Uint8Array {
  // The first buffer is that of all that have no data.
  const buffers = [new Table()];
  const add = (data: Uint8Array) => buffers.push(new Table([data])) - 1;
  const used = [...new Set(steps.map(({operator}) => operator))];
  const subgraph = new Table([
    tensors.map((tensor) => tensorTable(tensor, tensor.data ? add(tensor.data) : 0)),
    Int32Array.from(inputs),
    Int32Array.from(outputs),
    steps.map((step) => stepTable(step, used)),
    name,
  ]);
  const texts = new TextEncoder();
  const entries = Object.entries(metadata).map(([key, text]) => new Table([key, int32(add(texts.encode(text)))]));
  const named = (indices: readonly number[]): Item =>
    indices.map((index) => new Table([tensors[index].name, int32(index)]));
  const signature = new Table([named(inputs), named(outputs), 'serving_default']);
  const root = [int32(3), used.map(codeTable), [subgraph], 'tfjs-piecewise', buffers, undefined, entries, [signature]];
  return flatbuffer(new Table(root), 'TFL3');
}

/** Codes above 127 stand in a field that old files lack. */
function codeTable(operator: Operator): Table {
  const [code] = OPERATORS[operator];
  return new Table([int8(Math.min(code, 127)), undefined, int32(1), int32(code)]);
}

function stepTable({operator, inputs, output, options}: Step, used: readonly Operator[]): Table {
  const [, type] = OPERATORS[operator];
  return new Table([
    int32(used.indexOf(operator)),
    Int32Array.from(inputs),
    Int32Array.of(output),
    ...(type > 0 ? [int8(type), new Table(options)] : []),
  ]);
}

/** A size that is not known is 1 until a program says otherwise. */
function tensorTable({name, shape, type, scales, axis = 0}: Tensor, buffer: number): Table {
  const quantization = scales && [undefined, undefined, scales, new BigInt64Array(scales.length)];
  return new Table([
    Int32Array.from(shape, (size) => size ?? 1),
    int8(TYPES[type]),
    int32(buffer),
    name,
    quantization && new Table([...quantization, undefined, undefined, int32(axis)]),
    undefined,
    undefined,
    shape.includes(null) ? Int32Array.from(shape, (size) => size ?? -1) : undefined,
  ]);
}

/** Options of windows, in the order of the schemas of images and of volumes. */
export const windowOptions = (padding: 'same' | 'valid', ...numbers: readonly number[]): NonNullable<Options> => [
  int8(padding === 'same' ? 0 : 1),
  ...numbers.map(int32),
];

export {float32, int8, int32};
