import * as tf from '@tensorflow/tfjs';
import {randomSigns, reluPair, softmaxCrossEntropy, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {collectTensors, useBackend} from '../support/backend';

useBackend();
beforeEach(collectTensors);

/** What is wrong, the call, and parts of the message: who expected what, what was received, how to fix it. */
type Row = [string, () => unknown, ...string[]];

const unknown = (value: unknown) => value as never;

const TRANSFORM: Row[] = [
  [
    'a length that is not a power of two',
    () => walshHadamard(tf.ones([32, 100])),
    'walshHadamard: axis -1 of x must have a power of two of elements, but received shape [32,100].',
    'tf.pad(x, [[0, 0], [0, 28]])',
    'layers.whtProjection',
  ],
  [
    'such a length of another axis',
    () => walshHadamard(tf.ones([3, 4]), {axis: 0}),
    'axis 0 of x',
    'tf.pad(x, [[0, 1], [0, 0]])',
  ],
  ['an axis of no elements', () => walshHadamard(tf.ones([2, 0])), 'power of two', 'shape [2,0]', '[[0, 0], [0, 1]]'],
  [
    'a scalar',
    () => walshHadamard(tf.scalar(3)),
    'walshHadamard: x must have rank 1 or more, but received shape []. Give it an axis: x.expandDims().',
  ],
  [
    'integers',
    () => walshHadamard(tf.tensor1d([1, 2], 'int32')),
    'walshHadamard: x must be of dtype float32, but received int32. Convert it: x.toFloat().',
  ],
  ['booleans', () => walshHadamard(tf.tensor1d([true, false])), 'dtype float32', 'bool'],
  ['nothing', () => walshHadamard(unknown(undefined)), 'x must be a tensor or numbers', 'undefined', 'tf.zeros([4])'],
  [
    'an axis that x does not have',
    () => walshHadamard(tf.ones([2, 4]), {axis: 2}),
    'walshHadamard: axis must be an integer from -2 to 1 for an input of rank 2, but received 2. Axis -1 is the last one.',
  ],
  ['an axis too far from the end', () => walshHadamard(tf.ones([4]), {axis: -2}), 'from -1 to 0', 'received -2'],
  ['an axis that is no integer', () => walshHadamard(tf.ones([4]), {axis: 0.5}), 'received 0.5'],
  ['an axis NaN', () => walshHadamard(tf.ones([4]), {axis: Number.NaN}), 'received NaN'],
  [
    'signs of another length',
    () => walshHadamard(tf.ones([2, 4]), {signs: tf.ones([2])}),
    'walshHadamard: signs must have shape [4], but received shape [2]. For example pw.randomSigns(4, {seed: 1}).',
  ],
  ['signs of rank 2', () => walshHadamard(tf.ones([4]), {signs: tf.ones([1, 4])}), 'shape [4]', 'shape [1,4]'],
  ['a NaN among the signs', () => walshHadamard([1, 2], {signs: [1, Number.NaN]}), 'signs must be finite', 'NaN'],
  ['integer signs', () => walshHadamard([1, 2], {signs: Int32Array.of(1, -1)}), 'signs must be of dtype float32'],
];

const PAIR: Row[] = [
  ['a slope NaN', () => reluPair([1], Number.NaN, 1), 'reluPair: negative must be finite, but received NaN.', 'spread'],
  ['an infinite slope', () => reluPair([1], 0, Number.POSITIVE_INFINITY), 'positive must be finite', 'Infinity'],
  ['a NaN among the slopes', () => reluPair([1, 2], 0, [1, Number.NaN]), 'positive must be finite', 'NaN'],
  [
    'slopes for another number of units',
    () => reluPair(tf.ones([4, 3]), tf.ones([2]), 1),
    'reluPair: negative must be broadcastable to the shape [4,3] of x, but received shape [2].',
    'Its axes must be 1 or equal to those of x, counted from the last.',
  ],
  ['slopes of more axes than x', () => reluPair(tf.ones([3]), 0, tf.ones([1, 3])), 'positive', 'shape [1,3]'],
  ['slopes along the wrong axis', () => reluPair(tf.ones([4, 3]), tf.ones([4]), 1), 'negative', 'shape [4]'],
  ['a scalar x', () => reluPair(tf.scalar(1), 0, 1), 'reluPair: x must have rank 1 or more', 'x.expandDims()'],
  ['integers', () => reluPair(tf.tensor1d([1], 'int32'), 0, 1), 'reluPair: x must be of dtype float32', 'x.toFloat()'],
  ['integer slopes', () => reluPair([1], tf.scalar(1, 'int32'), 1), 'negative must be of dtype float32', 'int32'],
  ['no slope', () => reluPair([1], 0, unknown(undefined)), 'positive must be a tensor or numbers', 'undefined'],
];

const BLOCK: Row[] = [
  [
    'a length that is not a power of two',
    () => whtReLUPair(tf.ones([3]), 0, 1),
    'whtReLUPair: axis -1',
    'power of two',
  ],
  ['signs of another length', () => whtReLUPair([1, 2], 0, 1, {signs: [1]}), 'whtReLUPair: signs must have shape [2]'],
  [
    'slopes of another length',
    () => whtReLUPair(tf.ones([2, 4]), tf.ones([2]), 1),
    'whtReLUPair: negative must be one number, or have shape [4], but received shape [2].',
    'reluPair(walshHadamard(x), ...)',
  ],
  ['a slope NaN', () => whtReLUPair([1, 2], 0, Number.NaN), 'whtReLUPair: positive must be finite', 'NaN'],
  ['no slope', () => whtReLUPair([1, 2], unknown(undefined), 1), 'negative must be a tensor or numbers'],
];

const X = () => tf.ones([5, 2]);
const WAVE: Row[] = [
  [
    'a peak of 1',
    () => triangleWave(X(), [0.5, 1], [1, 1]),
    'triangleWave: peaks must be between 0 and 1, but received 1.',
  ],
  ['a peak of 0', () => triangleWave(X(), [0, 0.5], [1, 1]), 'peaks must be between 0 and 1', 'received 0.'],
  ['a peak NaN', () => triangleWave(X(), [Number.NaN], [1]), 'peaks must be between 0 and 1', 'NaN'],
  ['a scale NaN', () => triangleWave(X(), [0.5], [Number.NaN]), 'scales must be finite', 'NaN'],
  [
    'peaks for another number of channels',
    () => triangleWave(X(), tf.fill([3, 4], 0.5), tf.ones([3, 4])),
    'triangleWave: peaks must have shape [2, depth] or [depth], depth >= 1, for 2 channels, but received shape [3,4].',
    'One row per element of the last axis of x.',
  ],
  ['scales of rank 3', () => triangleWave(X(), [0.5], tf.ones([1, 1, 1])), 'scales must have shape', 'shape [1,1,1]'],
  ['no levels', () => triangleWave(X(), tf.zeros([2, 0]), tf.zeros([2, 0])), 'depth >= 1', 'shape [2,0]'],
  [
    'more peaks than scales',
    () => triangleWave(X(), [0.5, 0.5], [1]),
    'triangleWave: peaks and scales must have the same depth, but received shapes [2,2] and [2,1].',
    'Give one scale per peak.',
  ],
  ['a scalar peak', () => triangleWave(X(), tf.scalar(0.5), [1]), 'peaks must have rank 1 or more', 'shape []'],
  ['a scalar x', () => triangleWave(tf.scalar(0.5), [0.5], [1]), 'triangleWave: x must have rank 1 or more'],
  ['integers', () => triangleWave(tf.ones([2, 2], 'int32'), [0.5], [1]), 'x must be of dtype float32', 'int32'],
];

const ENTROPY: Row[] = [
  [
    'classes in the place of labels',
    () => softmaxCrossEntropy(tf.zeros([3]), tf.zeros([3, 4])),
    'softmaxCrossEntropy: labels must have the shape [3,4] of the logits, but received shape [3].',
    'tf.oneHot',
  ],
  ['no labels', () => softmaxCrossEntropy(unknown(undefined), tf.zeros([3])), 'labels must be a tensor', 'undefined'],
  ['a scalar', () => softmaxCrossEntropy(tf.scalar(1), tf.scalar(1)), 'logits must have rank 1 or more'],
  ['no classes', () => softmaxCrossEntropy(tf.zeros([2, 0]), tf.zeros([2, 0])), '1 class or more', 'shape [2,0]'],
  ['integers', () => softmaxCrossEntropy(tf.zeros([2]), tf.zeros([2], 'int32')), 'logits must be of dtype float32'],
  [
    'a share above 1',
    () => softmaxCrossEntropy([1, 0], [1, 0], {labelSmoothing: 1.5}),
    'labelSmoothing must be a number from 0 to 1, but received 1.5.',
  ],
  ['an unknown option', () => softmaxCrossEntropy([1], [1], unknown({smoothing: 0.1})), "'smoothing'"],
];

const SIGNS: Row[] = [
  ['a negative number', () => randomSigns(-1, {seed: 1}), 'randomSigns: n must be an integer >= 0, but received -1.'],
  ['half a sign', () => randomSigns(2.5, {seed: 1}), 'n must be an integer >= 0', '2.5'],
  ['a seed NaN', () => randomSigns(4, {seed: Number.NaN}), 'seed must be an integer, but received NaN.'],
  ['no seed', () => randomSigns(4, unknown({})), 'seed must be an integer', 'undefined'],
  ['a negative round', () => randomSigns(4, {seed: 1, round: -1}), 'round must be an integer >= 0', 'received -1'],
];

describe.each([
  ['walshHadamard', TRANSFORM],
  ['reluPair', PAIR],
  ['whtReLUPair', BLOCK],
  ['triangleWave', WAVE],
  ['softmaxCrossEntropy', ENTROPY],
  ['randomSigns', SIGNS],
])('%s refuses', (_, rows) => {
  it.each(rows)('%s', (_, call, ...parts) => {
    let message = 'nothing was thrown';
    try {
      call();
    } catch (error) {
      message = (error as Error).message;
    }
    for (const part of parts) expect(message).toContain(part);
  });
});
