import * as tf from '@tensorflow/tfjs';
import {reluPair, softmaxCrossEntropy, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {runKernel} from '../../src/engine';
import {signedWhtReLUPair, whtReLUPairForwardKernel} from '../../src/ops/wht_relu_pair';
import * as definitions from '../kernels/definitions';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {recordDerivative} from '../support/conformance_results';
import {centralDifference} from '../support/gradient';
import {normal, uniform} from '../support/random';
import {BROADCASTS, broadcastReluPair} from './broadcast';
import {evaluateAll, type Input, normalInput, sizeOf, toTensor} from './evaluate';

useBackend();

type Values = definitions.Values;

interface Case {
  title: string;
  op(...inputs: tf.Tensor[]): tf.Tensor;
  inputs: Input[];
  /** Shape of the result. Default: that of the first input. */
  output?: number[];
  /** The op in doubles. */
  value(inputs: Values[]): Float64Array;
  /** The derivatives of `sum(dy * value)` in doubles, in closed form. */
  gradient(inputs: Values[], dy: Values): Float64Array[];
  /** Error of float32 as a share of the largest derivative, above the default. */
  relative?: number;
}

function transform(shape: number[], axis: number): Case {
  const n = shape[axis];
  const blocks = [sizeOf(shape.slice(0, axis)), n, sizeOf(shape.slice(axis + 1))] as const;
  const scale = 1 / Math.sqrt(n);
  return {
    title: `walshHadamard of x of shape [${shape}] along axis ${axis}, with signs`,
    op: (x, signs) => walshHadamard(x, {axis, signs}),
    inputs: [normalInput(shape, 1), normalInput([n], 2)],
    value: ([x, before]) => definitions.walshHadamard(x, blocks, {scale, before}),
    gradient: ([x, signs], dy) => {
      const transformed = definitions.walshHadamard(dy, blocks, {scale});
      const dx = definitions.reluPair(transformed, signs, signs, blocks);
      const dsigns = new Float64Array(n);
      for (let k = 0; k < dx.length; k++) dsigns[Math.floor(k / blocks[2]) % n] += x[k] * transformed[k];
      return [dx, dsigns];
    },
  };
}

function plainTransform(n: number): Case {
  const {gradient, ...signed} = transform([2, n], 1);
  return {
    ...signed,
    title: `walshHadamard of x of shape [2,${n}] without signs`,
    inputs: [normalInput([2, n], 3)],
    gradient: ([x], dy) => [gradient([x, new Float64Array(n).fill(1)], dy)[0]],
  };
}

function pair(...shapes: [number[], number[], number[]]): Case {
  return {
    title: `reluPair of shapes ${shapes.map((shape) => `[${shape}]`).join(', ')}`,
    op: reluPair,
    inputs: shapes.map((shape, i) => normalInput(shape, 10 + i)),
    ...broadcastReluPair(...shapes),
  };
}

function block(shape: number[], axis: number): Case {
  const n = shape[axis];
  const blocks = [sizeOf(shape.slice(0, axis)), n, sizeOf(shape.slice(axis + 1))] as const;
  const scale = 1 / Math.sqrt(n);
  return {
    title: `whtReLUPair of x of shape [${shape}] along axis ${axis}`,
    op: (x, signs, negative, positive) => whtReLUPair(x, negative, positive, {axis, signs}),
    inputs: [normalInput(shape, 15), ...[16, 17, 18].map((seed) => normalInput([n], seed))],
    value: ([x, ...vectors]) => definitions.whtReLUPair(x, vectors, scale, blocks),
    gradient: ([x, signs, negative, positive], dy) => {
      const z = definitions.walshHadamard(x, blocks, {scale, before: signs});
      const [dz, ...dslopes] = definitions.reluPairGradient(z, negative, positive, dy, blocks);
      return [...transform(shape, axis).gradient([x, signs], dz), ...dslopes];
    },
  };
}

/** With signs that nobody differentiates by, of an input [3, units] that the transform tiles or pads, and moves. */
function expandingBlock(n: number, units: number, how: 'tile' | 'pad', moved: number): Case {
  const [blocks, scale, signs] = [[3, n, 1] as const, 1 / Math.sqrt(n), normal(n, 31)];
  const isThere = (j: number) => how === 'tile' || j < units;
  const expanded = (x: Values, offset: Values) =>
    Float64Array.from({length: 3 * n}, (_, k) => {
      const [row, j] = [Math.floor(k / n), k % n];
      return (isThere(j) ? x[row * units + (j % units)] : 0) + (j < moved ? offset[j] : 0);
    });
  return {
    title: `whtReLUPair of x of shape [3,${units}], to ${n} units, ${how}, ${moved} moved`,
    op: (x, offset, ...slopes) => {
      const expand = {how, offset};
      return signedWhtReLUPair(x, slopes, {axis: 1, signs: tf.tensor1d(signs), fixed: true, expand});
    },
    inputs: [normalInput([3, units], 32), normalInput([moved], 33), normalInput([n], 34), normalInput([n], 35)],
    output: [3, n],
    value: ([x, offset, ...slopes]) => definitions.whtReLUPair(expanded(x, offset), [signs, ...slopes], scale, blocks),
    gradient: ([x, offset, negative, positive], dy) => {
      const vectors = [signs, negative, positive];
      const all = definitions.whtReLUPairGradient(expanded(x, offset), vectors, dy, scale, blocks);
      const [dx, doffset] = [new Float64Array(3 * units), new Float64Array(moved)];
      all[0].forEach((value, k) => {
        const [row, j] = [Math.floor(k / n), k % n];
        if (isThere(j)) dx[row * units + (j % units)] += value;
        if (j < moved) doffset[j] += value;
      });
      return [dx, doffset, ...all.slice(1)];
    },
  };
}

function wave(shape: number[], depth: number): Case {
  const channels = shape.at(-1)!;
  const size = channels * depth;
  return {
    title: `triangleWave of x of shape [${shape}], depth ${depth}`,
    op: triangleWave,
    inputs: [
      {shape, values: uniform(sizeOf(shape), 20, -0.2, 1.2)},
      {shape: [channels, depth], values: uniform(size, 21, 0.3, 0.7)},
      {shape: [channels, depth], values: normal(size, 22)},
    ],
    value: ([x, peaks, scales]) => definitions.triangleWave(x, peaks, scales, channels),
    gradient: ([x, peaks, scales], dy) => definitions.triangleWaveGradient(x, peaks, scales, dy, channels),
    relative: 1e-4, // each tent multiplies an error by up to 1 / 0.3
  };
}

function crossEntropy(shape: number[], labelSmoothing: number): Case {
  const classes = shape.at(-1)!;
  return {
    title: `softmaxCrossEntropy of labels and logits of shape [${shape}], smoothed by ${labelSmoothing}`,
    op: (labels, logits) => softmaxCrossEntropy(labels, logits, {labelSmoothing}),
    inputs: [{shape, values: uniform(sizeOf(shape), 25, 0, 1)}, normalInput(shape, 26)],
    output: shape.slice(0, -1),
    value: ([labels, logits]) => definitions.softmaxCrossEntropy(logits, labels, classes, labelSmoothing),
    gradient: ([labels, logits], dy) =>
      definitions.softmaxCrossEntropyGradient(dy, logits, labels, classes, labelSmoothing).reverse(),
  };
}

const CASES: Case[] = [
  transform([8], 0),
  transform([3, 4], 1),
  transform([4, 3], 0),
  transform([2, 8, 3], 1),
  transform([2, 1], 1),
  plainTransform(16),
  ...BROADCASTS.map((shapes) => pair(...shapes)),
  block([8], 0),
  block([3, 4], 1),
  block([2, 8, 3], 1),
  expandingBlock(8, 3, 'tile', 2),
  expandingBlock(8, 5, 'pad', 3),
  expandingBlock(8, 8, 'tile', 1),
  wave([4], 3),
  wave([6, 1], 1),
  wave([5, 3], 4),
  wave([2, 3, 2], 2),
  crossEntropy([3, 4], 0),
  crossEntropy([2, 1, 3], 0.2),
];

const sum = (values: Values) => Array.from(values).reduce((total, value) => total + value, 0);
const dot = (a: Values, b: Values) => Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);

describe.each(CASES)('$title', ({title, op, inputs, output = inputs[0].shape, value, gradient, relative = 1e-5}) => {
  const values = inputs.map((input) => Float64Array.from(input.values));
  const dy: Input = {shape: output, values: normal(sizeOf(output), 30)};

  /** The derivatives of a function of all arguments, one argument at a time. */
  const differences = (f: (at: Float64Array[]) => number, args: Float64Array[]) =>
    args.map((arg, i) => centralDifference((v) => f(args.map((other, k) => (k === i ? v : other))), arg, 1e-7));

  const record = (order: 1 | 2) =>
    recordDerivative({environment: 'Node', title: backendName}, title.split(' ')[0], order);

  it('has the gradients that central differences find', async () => {
    const gradients = await evaluateAll(() => tf.grads(op)(inputs.map(toTensor), toTensor(dy)));
    const expected = differences((at) => dot(dy.values, value(at)), values);
    for (const [i, actual] of gradients.entries()) expectClose(actual, expected[i], {relative});
    expect(gradients.length).toBe(inputs.length);
    record(1);
  });

  // A weighted sum of all first derivatives, differentiated by all inputs and by dy, holds every mixed second derivative.
  // The arguments themselves are added, because tfjs wants the function to depend on each.
  it('has the second derivatives that central differences of its gradients find', async () => {
    const weights = inputs.map(({shape}, i) => normalInput(shape, 40 + i));
    const seconds = await evaluateAll(() => {
      const factors = weights.map(toTensor);
      const first = (...args: tf.Tensor[]) => {
        const gradients = tf.grads(op)(args.slice(0, -1), args.at(-1));
        const terms = [...gradients.map((g, i) => tf.sum(tf.mul(g, factors[i]))), ...args.map((arg) => tf.sum(arg))];
        return terms.reduce((total, term) => tf.add(total, term)); // tf.addN of 9 terms is too much for webgpu
      };
      return tf.grads(first)([...inputs, dy].map(toTensor));
    });
    const first = (args: Float64Array[]) => {
      const gradients = gradient(args.slice(0, -1), args.at(-1)!);
      return sum(gradients.map((g, i) => dot(weights[i].values, g))) + sum(args.map(sum));
    };
    const expected = differences(first, [...values, Float64Array.from(dy.values)]);
    for (const [i, actual] of seconds.entries()) expectClose(actual, expected[i], {relative: 3 * relative});
    expect(seconds.length).toBe(inputs.length + 1);
    record(2);
  });
});

describe('walshHadamard inside a nonlinear function', () => {
  it('has the second derivatives of sum(x y^2), by x and by the signs', async () => {
    const [x, signs, direction] = [normalInput([2, 8], 1), normalInput([8], 2), normalInput([2, 8], 3)];
    const loss = (t: tf.Tensor, s: tf.Tensor) => tf.sum(tf.mul(t, tf.square(walshHadamard(t, {signs: s}))));
    const seconds = await evaluateAll(() => {
      const slope = (t: tf.Tensor, s: tf.Tensor) => tf.sum(tf.mul(tf.grads(loss)([t, s])[0], toTensor(direction)));
      return tf.grads(slope)([toTensor(x), toTensor(signs)]);
    });
    const scale = 1 / Math.sqrt(8);
    // d/dx sum(x y^2) = y^2 + 2 signs H(x y) / sqrt(8)
    const slope = (at: Values, s: Values) => {
      const y = definitions.walshHadamard(at, [2, 8, 1], {scale, before: s});
      const back = definitions.walshHadamard(
        y.map((value, k) => value * at[k]),
        [2, 8, 1],
        {scale, after: s},
      );
      return dot(
        direction.values,
        y.map((value, k) => value ** 2 + 2 * back[k]),
      );
    };
    expectClose(
      seconds[0],
      centralDifference((v) => slope(v, signs.values), x.values),
    );
    expectClose(
      seconds[1],
      centralDifference((v) => slope(x.values, v), signs.values),
    );
  });
});

it('an offset is differentiated where x is data', async () => {
  const [x, signs, offset] = [normalInput([2, 5], 60), normalInput([8], 61), normalInput([3], 62)];
  const of = (t: tf.Tensor, moved: tf.Tensor) => {
    const expand = {how: 'tile' as const, offset: moved};
    const slopes = [0.5, 2].map((slope) => tf.fill([8], slope));
    return signedWhtReLUPair(t, slopes, {axis: 1, signs: toTensor(signs), fixed: true, expand});
  };
  const [alone, both] = await evaluateAll(() => [
    tf.grad((moved) => of(toTensor(x), moved))(toTensor(offset)),
    tf.grads(of)([toTensor(x), toTensor(offset)])[1],
  ]);
  expectClose(alone, Float64Array.from(both));
});

it('a call of a kernel by its name has the same gradients, by all of its outputs', async () => {
  const shapes = [[2, 8], [8], [8], [8], [3]];
  const inputs = shapes.map((shape, i) => normalInput(shape, 50 + i));
  const attrs = {axis: 1, scale: 1, units: 8, tiled: false, moved: 3};
  tf.tidy(() => {
    const [x, signs, negative, positive, offset] = inputs.map(toTensor);
    runKernel(whtReLUPairForwardKernel, {x, signs, negative, positive, offset}, attrs); // registers it
  });
  const [byName, byOps] = await Promise.all(
    [
      (x: tf.Tensor, signs: tf.Tensor, negative: tf.Tensor, positive: tf.Tensor, offset: tf.Tensor) => {
        const all = {x, signs, negative, positive, offset};
        const [y, z] = tf.engine().runKernel('WHTReLUPairForward', all, attrs) as tf.Tensor[];
        return tf.add(y, tf.square(z));
      },
      (x: tf.Tensor, signs: tf.Tensor, negative: tf.Tensor, positive: tf.Tensor, offset: tf.Tensor) => {
        const z = walshHadamard(tf.add(x, tf.pad1d(offset as tf.Tensor1D, [0, 5])), {signs, normalize: false});
        return tf.add(reluPair(z, negative, positive), tf.square(z));
      },
    ].map((f) => evaluateAll(() => tf.grads(f)(inputs.map(toTensor)))),
  );
  for (const [i, actual] of byName.entries()) expectClose(actual, Float64Array.from(byOps[i]), {relative: 1e-5});
  expect(byName.length).toBe(5);
});
