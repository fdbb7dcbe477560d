import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {refused} from '../compare';
import {property} from '../property';

const BAD_NUMBERS = [Number.NaN, Infinity, -Infinity];
const notInteger = fc.constantFrom(0.5, Number.NaN, Infinity, -1.5, '3', null, {}, true);
const notPower = fc.integer({min: 0, max: 300}).filter((n) => n === 0 || (n & (n - 1)) !== 0);
const otherDtype = fc.constantFrom('int32', 'bool');
const n8 = () => tf.ones([2, 8]);
const any = (value: unknown) => value as never;

const misuses: fc.Arbitrary<[what: string, call: () => unknown]>[] = [
  notPower.map((n) => [`walshHadamard of an axis of ${n}`, () => pw.walshHadamard(tf.ones([2, n]))]),
  fc
    .oneof(notInteger, fc.integer({min: 2}), fc.integer({max: -3}))
    .map((axis) => [
      `walshHadamard with axis ${String(axis)}`,
      () => pw.walshHadamard(n8(), {axis: any(axis ?? 'null')}),
    ]),
  otherDtype.map((dtype) => [`walshHadamard of ${dtype}`, () => pw.walshHadamard(tf.ones([2, 8], any(dtype)))]),
  otherDtype.map((dtype) => [`reluPair of ${dtype}`, () => pw.reluPair(tf.ones([2, 8], any(dtype)), 0, 1)]),
  otherDtype.map((dtype) => [
    `triangleWave of ${dtype}`,
    () => pw.triangleWave(tf.ones([2, 8], any(dtype)), [0.5], [1]),
  ]),
  fc
    .array(fc.integer({min: 1, max: 9}), {minLength: 0, maxLength: 3})
    .filter((shape) => shape.length !== 1 || shape[0] !== 8)
    .map((shape) => [`walshHadamard with signs [${shape}]`, () => pw.walshHadamard(n8(), {signs: tf.ones(shape)})]),
  fc.constantFrom(...BAD_NUMBERS).map((bad) => [`reluPair with slope ${bad}`, () => pw.reluPair(n8(), bad, 1)]),
  fc
    .constantFrom(...BAD_NUMBERS)
    .map((bad) => [`whtReLUPair with slope ${bad}`, () => pw.whtReLUPair(n8(), 1, [1, 1, 1, bad, 1, 1, 1, 1])]),
  fc
    .array(fc.integer({min: 2, max: 9}), {minLength: 1, maxLength: 3})
    .filter((shape) => shape.length > 2 || shape[shape.length - 1] !== 8 || (shape.length === 2 && shape[0] !== 2))
    .map((shape) => [`reluPair with slopes [${shape}]`, () => pw.reluPair(n8(), tf.ones(shape), 1)]),
  fc
    .integer({min: 2, max: 20})
    .filter((n) => n !== 8)
    .map((n) => [`whtReLUPair with ${n} slopes`, () => pw.whtReLUPair(n8(), tf.ones([n]), 1)]),
  fc
    .constantFrom(0, 1, -0.5, 1.5, ...BAD_NUMBERS)
    .map((peak) => [`triangleWave with peak ${peak}`, () => pw.triangleWave(n8(), [0.5, peak], [1, 1])]),
  fc
    .tuple(fc.integer({min: 1, max: 5}), fc.integer({min: 1, max: 5}))
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => [
      `triangleWave with ${a} peaks and ${b} scales`,
      () => pw.triangleWave(n8(), tf.fill([a], 0.5), tf.ones([b])),
    ]),
  fc
    .constantFrom('walshHadamard', 'reluPair', 'whtReLUPair', 'triangleWave')
    .chain((op) =>
      fc
        .constantFrom(null, undefined)
        .map((x): [string, () => unknown] => [
          `${op} of ${x}`,
          () => (pw as unknown as Record<string, (...args: unknown[]) => unknown>)[op](x, [0.5], [0.5]),
        ]),
    ),
  fc.constant(['reluPair of a scalar', () => pw.reluPair(tf.scalar(1), 0, 1)]),
  fc
    .oneof(notInteger, fc.integer({max: -1}))
    .map((n) => [`randomSigns of ${String(n)}`, () => pw.randomSigns(any(n), {seed: 1})]),
  notInteger.map((seed) => [`randomSigns with seed ${String(seed)}`, () => pw.randomSigns(8, {seed: any(seed)})]),
];

/** Arguments that no op can mean are refused by an error that says what was received, expected, and how to fix it. */
export const misuseProperty = property({
  name: 'misuse of ops',
  weight: 2,
  cases: fc.oneof(...misuses),
  async check([what, call]) {
    refused(what, call);
  },
});
