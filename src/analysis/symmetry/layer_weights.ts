import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';

/** The weights of a layer in double precision, by their names. */
export class LayerWeights {
  readonly all: {name: string; shape: number[]; data: Float64Array}[];

  constructor(readonly layer: tf.layers.Layer) {
    const tensors = layer.getWeights();
    this.all = layer.weights.map(({originalName}, i) => {
      const data = Float64Array.from(tensors[i].dataSync());
      if (!data.every(Number.isFinite)) {
        const bad = data.find((value) => !Number.isFinite(value));
        fail(
          `layer ${layer.name}`,
          `${originalName} must be finite`,
          bad,
          'Its symmetries are then those of no function.',
        );
      }
      return {name: originalName.slice(originalName.lastIndexOf('/') + 1), shape: tensors[i].shape, data};
    });
  }

  find(name: string): Float64Array | null {
    return this.all.find((weight) => weight.name === name)?.data ?? null;
  }

  get(name: string): Float64Array {
    return this.find(name)!;
  }
}
