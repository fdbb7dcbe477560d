import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {refused} from '../compare';
import {property} from '../property';

const notInteger = fc.constantFrom<unknown>(0.5, Number.NaN, Infinity, '3', {}, true, [4]);
const below = (min: number) => fc.oneof(notInteger, fc.integer({min: -1000, max: min - 1}));
const notOneOf = fc.constantFrom<unknown>('', 'Tied', 'constructor', '__proto__', 7, {}, true);
const notNumber = fc.constantFrom<unknown>(Number.NaN, Infinity, '1', {}, true);
const beyond = (low: number, high: number) =>
  fc.oneof(notNumber, fc.constantFrom<unknown>(low - 1e-9 - 0.5, high + 0.5, -1e30, 1e30));

/** What each option of each layer must not be. */
const WAVE = {
  depth: below(1),
  scaling: notOneOf,
  curvature: notOneOf,
  inputNorm: notOneOf,
  outside: notOneOf,
  scale: fc.constantFrom<unknown>(0, -1, Number.NaN, Infinity, 'a0', {}),
  peakEpsilon: beyond(0, 0.5),
  tailPeak: fc.constantFrom<unknown>(0.4, 'trained', {}),
  stage: fc.constantFrom<unknown>('free', 'Regions', 1),
  seed: notInteger,
  domain: fc.constantFrom<unknown>([1, 0], [0, 0], [0], [Number.NaN, 1], 'x', [0, Infinity]),
  randomVersion: fc.constantFrom<unknown>(99, 'x'),
};
const BAD: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  whtProjection: {
    units: below(1),
    rounds: below(1),
    seed: notInteger,
    axis: fc.oneof(notInteger, fc.constantFrom<unknown>(0, 2, -2, -3)),
    expand: notOneOf,
    contract: notOneOf,
    inputNorm: notOneOf,
    randomBias: fc.oneof(notNumber, fc.constant<unknown>(-1)),
    randomVersion: fc.constantFrom<unknown>(99, 'x'),
  },
  reluPair: {
    parametricFraction: beyond(0, 1),
    sharedAxes: below(1),
    seed: notInteger,
    fixedGain: fc.oneof(notNumber, fc.constant<unknown>(-1)),
    randomVersion: fc.constantFrom<unknown>(99, 'x'),
  },
  triangleWave: WAVE,
  regionDense: {...WAVE, units: below(1), subnets: below(1)},
  blockDense: {blocks: below(1), size: below(1), seed: notInteger},
};
const GOOD: Record<string, object> = {whtProjection: {units: 4}, regionDense: {units: 4}};

const cases = Object.entries(BAD).flatMap(([layer, options]) =>
  Object.entries(options).map(([option, values]) => values.map((value) => ({layer, option, value}))),
);

/** An option that no layer can mean is refused when the layer is made or built, by an error in three parts. */
export const layerMisuseProperty = property({
  name: 'misuse of layers',
  weight: 1,
  cases: fc.oneof(...cases),
  async check({layer, option, value}) {
    const factory = (pw.layers as unknown as Record<string, (args: object) => tf.layers.Layer>)[layer];
    const options = {...GOOD[layer], [option]: value};
    refused(`${layer} with ${option} ${fc.stringify(value)}`, () => factory(options).apply(tf.ones([2, 4])));
  },
});
