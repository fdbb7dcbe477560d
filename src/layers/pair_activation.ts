import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {ReLUPair, type ReLUPairArgs} from './relu_pair';

/** The ReLU pair that an `activation` argument asks for: by name, as a layer, or as its config. null for another one. */
export function pairOf(activation: unknown, owner: string, hasBias: boolean): ReLUPair | null {
  if (activation === 'reluPair') return new ReLUPair({name: `${owner}_activation`});
  const pair = isConfig(activation) ? new ReLUPair(activation.config) : activation;
  if (!(pair instanceof ReLUPair)) return null;
  const who = `layer ${owner}`;
  if (pair.built) {
    fail(
      who,
      'an activation must be a layer of its own',
      `${pair.name}, which is used elsewhere`,
      'Make a new one: activation: pw.layers.reluPair().',
    );
  }
  if (hasBias && pair.useBias) {
    fail(who, 'useBias may be set once', 'it in the layer and in its activation', 'The two would be one sum.');
  }
  return pair;
}

/** What a layer saves of its pair. */
export function pairConfig(pair: ReLUPair): tf.serialization.ConfigDict {
  return {className: ReLUPair.className, config: pair.getConfig()};
}

function isConfig(value: unknown): value is {config: ReLUPairArgs} {
  return (value as {className?: unknown} | null | undefined)?.className === ReLUPair.className;
}
