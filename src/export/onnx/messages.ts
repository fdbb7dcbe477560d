/** The messages of onnx.proto, by its field numbers. */

import type {Value} from '../lower/operations';
import {Message} from './protobuf';

/** TensorProto.DataType. */
export const TYPES = {float32: 1, int8: 3, int32: 6, int64: 7, bool: 9} as const;

export type AttributeValue = number | string | readonly number[];

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: {readonly [name: string]: AttributeValue};
}

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Int8Array | BigInt64Array;
}

/** IR version 8 and opset 13: what ONNX Runtime 1.13 of 2022 and all later ones read, and other runtimes, too. */
export function modelProto(graph: Message, metadata: object): Uint8Array {
  const opset = new Message().text(1, '').integer(2, 13);
  const model = new Message().integer(1, 8).text(2, 'tfjs-piecewise').message(7, graph).message(8, opset);
  for (const [key, value] of Object.entries(metadata)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    model.message(14, new Message().text(1, key).text(2, text));
  }
  return model.finish();
}

export function graphProto(
  name: string,
  nodes: readonly Node[],
  tensors: readonly Tensor[],
  {inputs, outputs}: {inputs: readonly Value[]; outputs: readonly Value[]},
): Message {
  const graph = new Message();
  for (const node of nodes) graph.message(1, nodeProto(node));
  graph.text(2, name);
  for (const tensor of tensors) graph.message(5, tensorProto(tensor));
  for (const value of inputs) graph.message(11, valueInfo(value));
  for (const value of outputs) graph.message(12, valueInfo(value));
  return graph;
}

function nodeProto({op, inputs, output, attributes = {}}: Node): Message {
  const node = new Message();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(4, op);
  for (const [name, value] of Object.entries(attributes)) node.message(5, attributeProto(name, value));
  return node;
}

/** A number is an integer: no operation here needs another. */
function attributeProto(name: string, value: AttributeValue): Message {
  const attribute = new Message().text(1, name);
  if (typeof value === 'number') return attribute.integer(3, value).integer(20, 2);
  if (typeof value === 'string') return attribute.text(4, value).integer(20, 3);
  for (const entry of value) attribute.integer(8, entry);
  return attribute.integer(20, 7);
}

function tensorProto({name, shape, data}: Tensor): Message {
  const tensor = new Message();
  for (const size of shape) tensor.integer(1, size);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return tensor.integer(2, typeOf(data)).text(8, name).bytes(9, bytes);
}

function typeOf(data: Tensor['data']): number {
  if (data instanceof Float32Array) return TYPES.float32;
  if (data instanceof Int32Array) return TYPES.int32;
  return data instanceof Int8Array ? TYPES.int8 : TYPES.int64;
}

/** Sizes that are not known have names; equal names are equal sizes. */
function valueInfo({name, shape, dtype}: Value): Message {
  const dimensions = new Message();
  for (const [axis, size] of shape.entries()) {
    const dimension = new Message();
    if (size !== null) dimension.integer(1, size);
    else dimension.text(2, axis === 0 ? 'batch' : `${name}_axis${axis}`);
    dimensions.message(1, dimension);
  }
  const tensor = new Message().integer(1, TYPES[dtype]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
