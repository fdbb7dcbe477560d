import type * as tf from '@tensorflow/tfjs';
import {type Names, requireBoolean, requireInteger, requireOptions} from '../../errors';
import {binaryInverse, binaryProduct} from '../../math/binary_affine';
import {randomBits, randomPermutation} from '../../math/random';
import type {AllowedRelabelings, RelabelingRule} from './choices';
import {allowedRelabelings} from './freedom';
import {readNetwork} from './network';
import {characterFactors, relabel} from './relabel';

/** Options of {@link permuteUnits}. */
export interface PermuteUnitsOptions {
  /** Integer that fixes the choice. */
  seed: number;
  /** Also change signs where the activations allow it. Default: true. */
  signs?: boolean;
  /** Also scale units, by 1/2 to 2, where the activations allow it. Default: true. */
  scales?: boolean;
}

const OPTIONS: Names<PermuteUnitsOptions> = {seed: true, signs: true, scales: true};

/**
 * A new model with other weights and the same function: a random one of those that `countEquivalentMinima` counts.
 *
 * Use it to test what should not depend on the order of units, or to see the copies of a minimum. The outputs agree up
 * to rounding, about 1e-6 of their size in float32. The given model keeps its weights.
 *
 * Takes the models of `countEquivalentMinima`; returns one that shares nothing with it and is not compiled.
 *
 * @throws As `countEquivalentMinima`, or if the seed is no integer.
 *
 * Source: Michelucci 2022, arXiv 2211.06603 (the copies of a minimum).
 *
 * @example
 * const copy = pw.analysis.permuteUnits(model, {seed: 1});
 */
export function permuteUnits<M extends tf.LayersModel>(model: M, options: PermuteUnitsOptions): M {
  const who = 'permuteUnits';
  requireOptions(options, OPTIONS, who);
  const signs = requireBoolean(options?.signs ?? true, 'signs', who);
  const scales = requireBoolean(options?.scales ?? true, 'scales', who);
  const network = readNetwork(model, who);
  const seed = requireInteger(options?.seed, 'seed', who, -Infinity, 1);
  relabel(allowedRelabelings(network.spaces), new RandomRule(seed, signs, scales));
  return network.toModel();
}

/** Any of the symmetries, by a seed. */
export class RandomRule implements RelabelingRule {
  private round = 0;
  private index = 0;
  private readonly bits: (index: number) => number;

  constructor(
    private readonly seed: number,
    private readonly signs: boolean,
    private readonly scales: boolean,
  ) {
    this.bits = randomBits(seed);
  }

  order({space: {units}, permutations, block}: AllowedRelabelings): Int32Array {
    if (permutations === 'affine') return this.affine(units);
    const order = new Int32Array(units);
    for (let start = 0; start < units; start += block) {
      const own = randomPermutation(block, this.seed, ++this.round);
      order.set(
        own.map((unit) => start + unit),
        start,
      );
    }
    return order;
  }

  factors(allowed: AllowedRelabelings, segment: number, _source: unknown, from: Int32Array): Float64Array {
    const {space, segments, characters} = allowed;
    if (segments[segment].per === 'unit') return this.each(space.units, segments[segment]);
    const [scale] = this.each(1, segments[segment]);
    return characterFactors(allowed, scale, characters === 'all' ? this.next() % space.units : 0, from);
  }

  private next(): number {
    return this.bits(this.index++);
  }

  private each(units: number, {sign, scale}: {sign: boolean; scale: boolean}): Float64Array {
    return Float64Array.from({length: units}, () => {
      const size = scale && this.scales ? 2 ** (this.next() / 2 ** 31 - 1) : 1;
      return sign && this.signs && this.next() >>> 31 ? -size : size;
    });
  }

  private affine(units: number): Int32Array {
    const columns = new Int32Array(Math.log2(units));
    do {
      for (let bit = 0; bit < columns.length; bit++) columns[bit] = this.next() % units;
    } while (!binaryInverse(columns)); // about three in ten are invertible
    const offset = this.next() % units;
    return Int32Array.from({length: units}, (_, i) => binaryProduct(columns, i) ^ offset);
  }
}
