import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {callsOf, isModel, leavesOf, type ModelCalls} from '../../model_graph';
import {LayerWeights} from './layer_weights';
import type {Space} from './parts';
import {spacesOf} from './spaces';

/** A model as unit spaces over weights of its own, in double precision. */
export interface Network<M extends tf.LayersModel = tf.LayersModel> {
  spaces: Space[];
  weights: LayerWeights[];
  /** A new model with the weights as they are now. */
  toModel(): M;
}

export function readNetwork<M extends tf.LayersModel>(model: M, who: string): Network<M> {
  if (isModel(model) && !model.inputs?.length) {
    fail(who, 'the model must have weights', 'one that is not built', 'Give the first layer an inputShape.');
  }
  const graph = callsOf(model, who);
  requireSingleUses(graph, who);
  const weights = new Map(graph.calls.map(({layer}) => [layer, new LayerWeights(layer)]));
  const spaces = spacesOf(graph, model.inputs, (layer) => weights.get(layer)!, who);
  return {spaces, weights: [...weights.values()], toModel: () => copyOf(model, weights)};
}

function requireSingleUses({calls}: ModelCalls, who: string): void {
  const layers = calls.map(({layer}) => layer);
  const twice = layers.find((layer, i) => layers.indexOf(layer) < i);
  if (twice) {
    const fix = 'Its units are tied to themselves: no symmetry of one use is one of the model.';
    fail(who, 'every layer must be used once', `layer ${twice.name} twice`, fix);
  }
}

function copyOf<M extends tf.LayersModel>(model: M, weights: ReadonlyMap<tf.layers.Layer, LayerWeights>): M {
  const config = model.getConfig() as unknown as tf.serialization.ConfigDict;
  const kind = model.constructor as unknown as typeof tf.LayersModel;
  const copy = kind.fromConfig(kind, config) as M;
  const originals = leavesOf(model);
  for (const [i, layer] of leavesOf(copy).entries()) {
    const own = weights.get(originals[i])?.all ?? [];
    const tensors = own.map(({data, shape}) => tf.tensor(Float32Array.from(data), shape));
    layer.setWeights(tensors);
    tf.dispose(tensors);
  }
  const metadata = model.getUserDefinedMetadata();
  if (metadata) copy.setUserDefinedMetadata(metadata);
  return copy;
}

/** What of a layer's config does not change the function that its weights make. */
const IRRELEVANT = /^(name|trainable|batchInputShape|dtype|.*Initializer|.*Regularizer|.*Constraint|initializer|rate)$/;

/** Why two networks cannot be compared weight by weight, or null if they can. */
export function differenceOf(a: Network, b: Network): string | null {
  const [kinds, others] = [a, b].map(({weights}) =>
    weights.map(({layer}) => layer).filter((layer) => layer.getClassName() !== 'InputLayer'),
  );
  if (kinds.length !== others.length) return `${kinds.length} and ${others.length} layers`;
  const i = kinds.findIndex((layer, k) => describe(layer) !== describe(others[k]));
  return i < 0 ? null : `${describe(kinds[i])} and ${describe(others[i])}`;
}

function describe(layer: Network['weights'][number]['layer']): string {
  const config = JSON.stringify(layer.getConfig(), (key, value) => (IRRELEVANT.test(key) ? undefined : value));
  return `${layer.getClassName()} ${config} [${layer.getWeights().map(({shape}) => `[${shape}]`)}]`;
}

/** All weights one after another. */
export function allWeights({weights}: Network): Float64Array[] {
  return weights.flatMap(({all}) => all.map(({data}) => data));
}

/** Keeps the weights; what it returns takes back all later changes. */
export function saveWeights(network: Network): () => void {
  const saved = allWeights(network).map((data) => data.slice());
  return () => {
    for (const [i, data] of allWeights(network).entries()) data.set(saved[i]);
  };
}
