import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {LayerWeights} from './layer_weights';
import type {Border, Space, UnitOperation} from './parts';
import {readLayer} from './read_layer';

/** A sequential model as a chain of unit spaces over weights of its own, in double precision. */
export interface Network {
  spaces: Space[];
  weights: LayerWeights[];
  /** A new model with the weights as they are now. */
  toModel(): tf.Sequential;
}

export function readNetwork(model: tf.LayersModel, who: string): Network {
  requireSequential(model, who);
  requireSingleUses(model, who);
  const weights = model.layers.map((layer) => new LayerWeights(layer));
  const spaces: Space[] = [];
  const shape = model.inputs[0].shape;
  let units = shape[shape.length - 1] as number;
  let producer: Border = {kind: 'end', layer: 'input'};
  let operations: UnitOperation[] = [];
  const close = (consumer: Border) => {
    spaces.push({units, producer, operations, consumer});
    producer = consumer;
    operations = [];
  };
  for (const layer of weights) {
    for (const part of readLayer(layer, units, who)) {
      if (part.kind === 'operation') {
        operations.push(part);
      } else {
        close(part);
        units = part.units;
      }
    }
  }
  close({kind: 'end', layer: 'output'});
  return {spaces, weights, toModel: () => copyOf(model, weights)};
}

function requireSequential(model: tf.LayersModel, who: string): void {
  // By name: another copy of tfjs has another class.
  if (model?.getClassName?.() !== 'Sequential') {
    const merge = model?.layers?.find((layer) => Array.isArray(layer.input));
    const received = (model as {name?: string})?.name ?? model;
    const fix = merge
      ? 'The branches tie their units to each other: pass the chains between such layers.'
      : 'Pass a chain of layers.';
    const what = merge ? `${received} with layer ${merge.name} of several inputs` : received;
    fail(who, 'the model must be made by tf.sequential', what, fix);
  }
  if (!model.inputs?.length) {
    fail(who, 'the model must have weights', 'one that is not built', 'Give the first layer an inputShape.');
  }
}

function requireSingleUses(model: tf.LayersModel, who: string): void {
  const twice = model.layers.find((layer, i) => model.layers.indexOf(layer) < i);
  if (twice) {
    const fix = 'Its units are tied to themselves: no symmetry of one use is one of the model.';
    fail(who, 'every layer must be used once', `layer ${twice.name} twice`, fix);
  }
}

function copyOf(model: tf.LayersModel, weights: LayerWeights[]): tf.Sequential {
  const config = model.getConfig() as unknown as tf.serialization.ConfigDict;
  const copy = tf.Sequential.fromConfig(tf.Sequential, config) as tf.Sequential;
  copy.layers.forEach((layer, i) => {
    const tensors = weights[i].all.map(({data, shape}) => tf.tensor(Float32Array.from(data), shape));
    layer.setWeights(tensors);
    tf.dispose(tensors);
  });
  return copy;
}
