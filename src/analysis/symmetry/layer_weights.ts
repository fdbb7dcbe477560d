import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {weightName} from '../../model_graph';

/** The weights of a layer in double precision, by their names. */
export class LayerWeights {
  readonly all: {name: string; shape: number[]; data: Float64Array}[];

  constructor(readonly layer: tf.layers.Layer) {
    const tensors = layer.getWeights();
    this.all = layer.weights.map((weight, i) => {
      const data = Float64Array.from(tensors[i].dataSync());
      if (!data.every(Number.isFinite)) {
        const bad = data.find((value) => !Number.isFinite(value));
        fail(
          `layer ${layer.name}`,
          `${weight.originalName} must be finite`,
          bad,
          'Its symmetries are then those of no function.',
        );
      }
      return {name: weightName(weight), shape: tensors[i].shape, data};
    });
  }

  find(name: string): Float64Array | null {
    return this.all.find((weight) => weight.name === name)?.data ?? null;
  }

  get(name: string): Float64Array {
    return this.find(name)!;
  }
}

/** A weight with an axis of units: entry k belongs to unit floor(k / stride) mod units. */
export class UnitWeight {
  constructor(
    readonly data: Float64Array,
    readonly units: number,
    readonly stride = 1,
  ) {}

  unitOf(index: number): number {
    return Math.floor(index / this.stride) % this.units;
  }

  /** Unit i becomes what unit from[i] was, times factor[i]. */
  relabel(from: Int32Array, factor?: ArrayLike<number>): void {
    const old = this.data.slice();
    for (let k = 0; k < old.length; k++) {
      const unit = this.unitOf(k);
      const value = old[k + (from[unit] - unit) * this.stride];
      this.data[k] = factor ? factor[unit] * value : value;
    }
  }

  of(unit: number): number[] {
    const {data, units, stride} = this;
    const values: number[] = [];
    for (let start = unit * stride; start < data.length; start += units * stride) {
      for (let k = start; k < start + stride; k++) values.push(data[k]);
    }
    return values;
  }

  /** Sets all numbers of a unit; says whether that changed any. */
  set(unit: number, value: number): boolean {
    let changed = false;
    for (let k = 0; k < this.data.length; k++) {
      if (this.unitOf(k) !== unit || this.data[k] === value) continue;
      this.data[k] = value;
      changed = true;
    }
    return changed;
  }
}
