import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import type {GraphBuilder} from './builder';
import type {Size, Value} from './operations';

export interface Weight {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** One use of a layer in a model: all that it needs to say what it computes. */
export interface LayerCall {
  /** The exporter, for errors. */
  readonly who: string;
  readonly layer: tf.layers.Layer;
  readonly name: string;
  readonly className: string;
  readonly config: {readonly [option: string]: unknown};
  /** By the last part of their names. */
  readonly weights: {readonly [name: string]: Weight};
  readonly inputs: readonly Value[];
  readonly outputShape: readonly Size[];
  /** The output of a layer or model that the layer holds. */
  lower(inner: tf.layers.Layer, x: Value): Promise<Value>;
}

/** Adds a layer's operations to a graph, and gives the value of its output. */
export type Lowering = (call: LayerCall, graph: GraphBuilder) => Value | Promise<Value>;

export function refuse({who, name, className}: LayerCall, expected: string, received: string, fix: string): never {
  fail(`${who}, layer ${name} (${className})`, expected, received, fix);
}

/** A weight as a constant, of its own shape or of another. */
export function weight({name, weights}: LayerCall, key: string, graph: GraphBuilder, shape?: readonly number[]): Value {
  return graph.constant(`${name}/${key}`, weights[key].values, shape ?? weights[key].shape);
}

/** The value plus the bias along its last axis, if the layer has one. */
export function withBias(call: LayerCall, y: Value, graph: GraphBuilder): Value {
  return call.weights.bias ? graph.binary('add', y, weight(call, 'bias', graph)) : y;
}

/** Sizes of the inputs after the batch axis, which must be known. */
export function knownSizes(call: LayerCall, shape: readonly Size[]): number[] {
  return shape.slice(1).map((size) => {
    if (size !== null) return size;
    const shown = `shape [${shape.map((s) => s ?? 'null')}]`;
    return refuse(call, 'all sizes but that of the batch must be known', shown, 'Set inputShape.');
  });
}
