import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import type {PiecewiseLayer} from './piecewise_layer';
import {ReLUPair} from './relu_pair';

/** The ReLU pair that an `activation` argument asks for: by name, as a layer, or as its config. null for another one. */
export function pairOf(activation: unknown, owner: PiecewiseLayer & {readonly useBias: boolean}): ReLUPair | null {
  const pair = asPair(activation, owner.name);
  if (!pair) return null;
  if (owner.useBias && pair.useBias) {
    const fix = 'The two would be one sum.';
    fail(`layer ${owner.name}`, 'useBias may be set once', 'it in the layer and in its activation', fix);
  }
  pair.becomePartOf(owner);
  return pair;
}

function asPair(activation: unknown, owner: string): ReLUPair | null {
  if (activation === 'reluPair') return new ReLUPair({name: `${owner}_activation`});
  if (activation instanceof ReLUPair) return activation;
  const {className, config} = (activation ?? {}) as {className?: unknown; config?: tf.serialization.ConfigDict};
  return className === ReLUPair.className
    ? (ReLUPair.fromConfig(ReLUPair, {name: `${owner}_activation`, ...config}) as ReLUPair)
    : null;
}

/** What a layer saves of its pair. */
export function pairConfig(pair: ReLUPair): tf.serialization.ConfigDict {
  return {className: ReLUPair.className, config: pair.getConfig()};
}
