/** @needs own-op */

import * as tf from '@tensorflow/tfjs';
import {backendReport, reluPair, softmaxCrossEntropy, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {runKernel} from '../../../src/engine';
import type {TensorFlowBackend} from '../../../src/kernels/tensorflow/backend';
import type {Expansion} from '../../../src/ops/fit_units';
import {signedWalshHadamardKernel} from '../../../src/ops/walsh_hadamard';
import {whtReLUPairForwardKernel} from '../../../src/ops/wht_relu_pair';
import {expandUnits} from '../../ops/expand_units';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {digitsNetwork} from '../../support/digits_network';
import {normal} from '../../support/random';
import * as definitions from '../definitions';
import {transformInDoubles} from './transform_in_doubles';

useBackend();

const backend = () => tf.backend() as unknown as TensorFlowBackend;

describe('our own ops', () => {
  it('run', () => {
    const {path, advice} = backendReport();
    expect(path).toMatch(/^own TensorFlow op, (AVX-512|AVX2|128-bit vectors), \d+ threads?$/);
    expect(advice).toBeUndefined();
  });

  it.each([2 ** 14, 2 ** 17, 2 ** 20])('transform one row of %i values in parts, error at most 5e-7', async (n) => {
    const [x, signs] = [normal(n, 1), normal(n, 2)];
    const signed = Float64Array.from(x, (value, i) => value * signs[i]);
    const y = tf.tidy(() => walshHadamard(tf.tensor1d(x), {signs: tf.tensor1d(signs), normalize: false}));
    const actual = await values(y);
    const expected = transformInDoubles(signed);
    let [error, norm] = [0, 0];
    for (const [i, value] of expected.entries()) {
      error += (actual[i] - value) ** 2;
      norm += value ** 2;
    }
    expect(Math.sqrt(error / norm)).toBeLessThanOrEqual(5e-7);
    y.dispose();
  });

  // Vectors of 4, 8 and 16, leaves of 32, 64 and 256, steps of 2048, and rows that threads share.
  const LENGTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 2048, 4096, 8192];
  it.each(LENGTHS)('take any number of rows of %i', async (n) => {
    const counts = [1, 2, 3, 15, 16, 17, 33, 2048 / n, 2048 / n + 1, 2 ** 18 / n + 1].filter((rows) => rows >= 1);
    for (const rows of counts.map(Math.floor)) {
      const x = normal(rows * n, 3);
      const y = tf.tidy(() => walshHadamard(tf.tensor2d(x, [rows, n]), {normalize: false}));
      const expected = Float64Array.from(x);
      for (let i = 0; i < x.length; i += n) transformInDoubles(expected.subarray(i, i + n));
      expectClose(await values(y), expected, {relative: 1e-6});
      y.dispose();
    }
  });

  it.each([1, 3, 4, 16, 17, 70])('transform an axis in front of %i values', async (inner) => {
    for (const [outer, n] of [
      [2, 8],
      [3, 256],
      [1, 1024],
    ]) {
      const x = normal(outer * n * inner, 4);
      const signs = normal(n, 5);
      const y = tf.tidy(() => walshHadamard(tf.tensor3d(x, [outer, n, inner]), {axis: 1, signs: tf.tensor1d(signs)}));
      const expected = definitions.walshHadamard(x, [outer, n, inner], {scale: 1 / Math.sqrt(n), before: signs});
      expectClose(await values(y), expected, {relative: 2e-6});
      y.dispose();
    }
  });

  it.each([
    [2 ** 18, 1, 1],
    [2 ** 17 + 5, 3, 1],
    [1, 2 ** 18, 1],
    [700, 129, 3],
    [50, 4, 1000],
    [2, 3, 2 ** 16],
  ])('sum the derivatives of slopes of [%i, %i, %i] in doubles', async (...blocks) => {
    const [outer, units, inner] = blocks;
    const x = normal(outer * units * inner, 6);
    const dy = normal(x.length, 7);
    const [negative, positive] = [normal(units, 8), normal(units, 9)];
    const expected = definitions.reluPairGradient(x, negative, positive, dy, blocks);
    const gradients = tf.tidy(() => {
      const slopes = [negative, positive].map((s) => tf.tensor2d(s, [units, 1]));
      return tf.grads((t, a, b) => reluPair(t, a, b))([tf.tensor3d(x, blocks), ...slopes], tf.tensor3d(dy, blocks));
    });
    expectClose(await values(gradients[0]), expected[0], {relative: 1e-6});
    for (const i of [1, 2]) expectClose(await values(gradients[i]), expected[i], {relative: 2e-7, absolute: 0});
    tf.dispose(gradients);
  });

  it('give the same block and gradient for a few long rows as its two parts', async () => {
    const [rows, n] = [2, 2 ** 18];
    const [x, signs, a, b, dy] = [normal(rows * n, 1), normal(n, 2), normal(n, 3), normal(n, 4), normal(rows * n, 5)];
    const run = (op: (t: tf.Tensor, s: tf.Tensor, p: tf.Tensor, q: tf.Tensor) => tf.Tensor) =>
      tf.tidy(() => {
        const inputs = [tf.tensor2d(x, [rows, n]), ...[signs, a, b].map((v) => tf.tensor1d(v))];
        const [t, s, p, q] = inputs;
        return [op(t, s, p, q), ...tf.grads((u, v, w) => op(u, s, v, w))([t, p, q], tf.tensor2d(dy, [rows, n]))];
      });
    const fused = run((t, s, p, q) => whtReLUPair(t, p, q, {signs: s}));
    const parts = run((t, s, p, q) => reluPair(walshHadamard(t, {signs: s}), p, q));
    for (const [i, result] of fused.entries())
      expectClose(await values(result), await values(parts[i]), {relative: 2e-6});
    tf.dispose([fused, parts]);
  });

  it.each([
    [[4, 2 ** 16], 784, true, 32],
    [[4, 2 ** 16], 784, false, 32],
    [[1, 2 ** 18], 2 ** 17, true, 2 ** 18],
    [[3, 2 ** 19], 3, true, 1],
    [[2, 2 ** 15, 3], 1000, true, 5],
    [[2, 2 ** 15, 3], 2 ** 15, false, 7],
    [[600, 512], 20, true, 7],
  ])('make %j long rows of %i units (tiled: %s) as they read them', async (shape, units, tiled, moved) => {
    const [outer, n, inner = 1] = shape;
    const x = tf.tensor(normal(outer * units * inner, 1), [outer, units, ...shape.slice(2)]);
    const [signs, negative, positive] = [2, 3, 4].map((seed) => tf.tensor1d(normal(n, seed)));
    const offset = tf.tensor1d(normal(moved, 5));
    const attrs = {axis: 1, scale: 1 / Math.sqrt(n)};
    const results = tf.tidy(() => {
      const whole = expandUnits(x, 1, n, tiled ? 'tile' : 'pad', offset);
      const block = (given: {x: tf.Tensor; offset?: tf.Tensor}, how: Expansion) => [
        ...[runKernel(whtReLUPairForwardKernel, {...given, signs, negative, positive}, {...attrs, ...how})].flat(),
        runKernel(signedWalshHadamardKernel, {...given, signs}, {...attrs, ...how, transposed: false, fixed: true}),
      ];
      return [block({x, offset}, {units, tiled, moved}), block({x: whole}, {units: n, tiled: false, moved: 0})];
    });
    for (const [i, result] of results[0].entries()) expect(await values(result)).toEqual(await values(results[1][i]));
    tf.dispose([x, signs, negative, positive, offset, results]);
  });

  it('take the softmax of logits far apart, all right to 2^-22', async () => {
    const logits = Float32Array.from({length: 2000}, (_, i) => -i / 20);
    const sum = logits.reduce((total, x) => total + Math.exp(x), 0);
    const derivative = tf.tidy(() => {
      const labels = tf.oneHot(tf.tensor1d([0], 'int32'), logits.length);
      return tf.grad((x: tf.Tensor) => softmaxCrossEntropy(labels, x))(tf.tensor2d(logits, [1, logits.length]));
    });
    const expected = Float64Array.from(logits, (x, i) => Math.exp(x) / sum - (i === 0 ? 1 : 0));
    // exp(-87.3) is about the smallest normal number.
    expectClose(await values(derivative), expected, {relative: 2 ** -22, absolute: 2 ** -126});
    derivative.dispose();
  });

  it('are most of the 24 ops of a step of the network of the digits', async () => {
    const {model, x, y, dispose} = digitsNetwork({labelSmoothing: 0});
    await model.trainOnBatch(x, y);
    const runs = [jest.spyOn(backend(), 'executeSingleOutput'), jest.spyOn(backend(), 'executeMultipleOutputs')];
    await model.trainOnBatch(x, y);
    const ops = runs.flatMap((run) => run.mock.calls.map(([name]) => name));
    for (const run of runs) run.mockRestore();
    expect(ops.filter((name) => !name.startsWith('TfjsPiecewise')).length).toBeLessThanOrEqual(7); // of the mean of the loss
    expect(ops.length).toBeLessThanOrEqual(24);
    dispose();
  });

  it('leave their inputs alone', async () => {
    const x = tf.tensor2d(normal(64 * 1024, 1), [64, 1024]);
    const doubled = tf.add(x, x); // lives in TensorFlow, and nobody else holds it
    const before = (await values(doubled)).slice();
    tf.tidy(() => void tf.grad((t) => whtReLUPair(reluPair(t, 0.5, 2), 0.25, 1))(doubled));
    expect(await values(doubled)).toEqual(before);
    tf.dispose([x, doubled]);
  });

  it('keep no memory over 1000 calls of each op and its gradient', () => {
    const x = tf.tensor2d(normal(64 * 1024, 2), [64, 1024]);
    const slopes = tf.tensor1d(normal(1024, 3));
    const ops: ((t: tf.Tensor) => tf.Tensor)[] = [
      (t) => walshHadamard(t, {signs: slopes}),
      (t) => reluPair(t, slopes, 1),
      (t) => whtReLUPair(t, slopes, 1),
      (t) => triangleWave(t, [0.3, 0.6, 0.5], [1, 0.5, 0.25]),
    ];
    const run = () => {
      for (const op of ops) tf.tidy(() => void tf.grad(op)(x));
    };
    for (let i = 0; i < 100; i++) run();
    const [bytes, tensors] = [process.memoryUsage.rss(), tf.memory().numTensors];
    for (let i = 0; i < 1000; i++) run();
    expect(tf.memory().numTensors).toBe(tensors);
    // One forgotten output would be 256 KiB a call.
    expect(process.memoryUsage.rss() - bytes).toBeLessThan(2 ** 26);
    tf.dispose([x, slopes]);
  });
});

describe('our own ops say what is wrong with', () => {
  const attribute = (name: string, kind: 'INT' | 'FLOAT' | 'BOOL', value: number | boolean) => ({
    name,
    type: (backend().binding as Record<string, number>)[`TF_ATTR_${kind}`],
    value,
  });
  const run = (op: string, shapes: number[][], attributes: ReturnType<typeof attribute>[]) => () =>
    tf.tidy(() => {
      const inputs = shapes.map((shape) => tf.zeros(shape));
      return backend().executeSingleOutput(`TfjsPiecewise7${op}`, attributes, inputs);
    });
  const runAll = (op: string, shapes: number[][], attributes: ReturnType<typeof attribute>[], outputs: number) => () =>
    tf.tidy(() => {
      const inputs = shapes.map((shape) => tf.zeros(shape));
      return backend().executeMultipleOutputs(`TfjsPiecewise7${op}`, attributes, inputs, outputs);
    });
  const transform = (axis: number) => [attribute('axis', 'INT', axis), attribute('scale', 'FLOAT', 1)];
  const units = (count: number, inner: number) => [attribute('units', 'INT', count), attribute('inner', 'INT', inner)];

  it('an axis', () => {
    expect(run('WalshHadamard', [[2, 4]], transform(2))).toThrow(
      'axis must be from 0 to rank - 1 of x, but received axis 2 and shape [2,4]',
    );
    expect(run('WalshHadamard', [[2, 6]], transform(1))).toThrow(
      'axis 1 of x must have a power of two of elements, but received shape [2,6]',
    );
  });

  const expansion = (moved: number) => [attribute('tiled', 'BOOL', true), attribute('moved', 'INT', moved)];
  const expanding = (axis: number, moved = 0) => [...transform(axis), ...expansion(moved)];

  it('a vector', () => {
    const block = (op: string, outputs: number, ...shapes: number[][]) =>
      runAll(op, [[2, 4], ...shapes, [0]], expanding(1), outputs);
    const signed = [...expanding(1), attribute('transposed', 'BOOL', false)];
    expect(run('SignedWalshHadamard', [[2, 4], [6], [0]], signed)).toThrow(
      'signs must be a vector of a power of two of elements, but received shape [6]',
    );
    expect(run('WHTReLUPair', [[2, 4], [4], [4], [2, 4], [0]], expanding(1))).toThrow('positive must have shape [4]');
    expect(block('WHTReLUPairForward', 2, [4], [3], [4])).toThrow(
      'negative must have shape [4], but received shape [3]',
    );
    expect(runAll('WHTReLUPairBackward', [[2, 4], [4], [4], [4], [2, 3]], transform(1), 3)).toThrow(
      'dy must have shape [2,4], but received shape [2,3]',
    );
    expect(runAll('WHTReLUPairBackward', [[2, 6], [6], [6], [6], [2, 6]], transform(1), 3)).toThrow(
      'axis 1 of z must have a power of two of elements',
    );
  });

  it('an axis that is to be longer', () => {
    const block = (x: number[], offset: number[], moved: number) =>
      runAll('WHTReLUPairForward', [x, [4], [4], [4], offset], expanding(1, moved), 2);
    expect(block([2, 5], [0], 0)).toThrow('axis 1 of x must have from 1 to 4 elements, but received shape [2,5]');
    expect(block([2, 0], [0], 0)).toThrow('axis 1 of x must have from 1 to 4 elements, but received shape [2,0]');
    expect(block([2, 3], [2], 3)).toThrow('offset must have shape [3], but received shape [2]');
    expect(block([2, 3], [5], 5)).toThrow('offset must have at most 4 elements, but received shape [5]');
  });

  it('units', () => {
    const take = (op: string, indices: number[], attributes: ReturnType<typeof attribute>[]) => () =>
      tf.tidy(() => {
        const inputs = [
          tf.zeros([2, 4]),
          ...(op === 'TakeUnits' ? [] : [tf.zeros([4])]),
          tf.tensor1d(indices, 'int32'),
        ];
        const last = op === 'TakeUnits' ? tf.tensor1d([0, 1, 2, 5], 'int32') : tf.zeros([0]);
        return backend().executeSingleOutput(`TfjsPiecewise7${op}`, attributes, [...inputs, last]);
      });
    const axis = [attribute('axis', 'INT', 1)];
    expect(take('TakeUnits', [1, 4], axis)).toThrow('indices must be from 0 to 4 - 1, but received 4');
    expect(take('TakeUnits', [1, -1], axis)).toThrow('indices must be from 0 to 4 - 1, but received -1');
    expect(take('TakeUnits', [0, 1, 2, 4, 4], axis)).toThrow('inverse must be from 0 to 5 - 1, but received 5');
    const signed = (transposed: boolean) => [...expanding(1), attribute('transposed', 'BOOL', transposed)];
    expect(take('SelectedWalshHadamard', [0, 7], signed(false))).toThrow('indices must be from 0 to 4 - 1');
    expect(take('SelectedWalshHadamard', [0, 3], signed(true))).toThrow('axis 1 of x does not fit');
  });

  it('blocks of units', () => {
    expect(run('ReLUPair', [[2, 4], [3], [3]], units(3, 1))).toThrow(
      'x must be a whole number of blocks of units * inner = 3 * 1 elements, but received shape [2,4]',
    );
    expect(run('ReLUPair', [[2, 4], [4], [3]], units(4, 1))).toThrow(
      'positive must have 4 elements, one for each unit, but received shape [3]',
    );
    expect(
      runAll(
        'ReLUPairSlopes',
        [
          [2, 4],
          [2, 3],
        ],
        units(4, 1),
        2,
      ),
    ).toThrow('dy must have shape [2,4], but received shape [2,3]');
    expect(
      runAll(
        'ReLUPairSlopes',
        [
          [2, 4],
          [2, 4],
        ],
        units(3, 1),
        2,
      ),
    ).toThrow('x must be a whole number of blocks');
  });

  it('matrices', () => {
    expect(run('DenseUnits', [[2, 3, 4], [4, 5], [5]], [])).toThrow('x must be a matrix, but received shape [2,3,4]');
    expect(run('DenseUnits', [[2, 4], [3, 5], [5]], [])).toThrow(
      'weights must be a matrix of a row for each of 4 inputs, but received shape [3,5]',
    );
    expect(run('DenseUnits', [[2, 4], [4, 5], [4]], [])).toThrow('bias must have shape [5], but received shape [4]');
  });

  it('waves', () => {
    expect(
      run(
        'TriangleWave',
        [
          [2, 4],
          [3, 2],
          [3, 2],
        ],
        [],
      ),
    ).toThrow('peaks must have shape [channels, depth]');
    expect(
      run(
        'TriangleWave',
        [
          [2, 4],
          [4, 2],
          [4, 3],
        ],
        [],
      ),
    ).toThrow('scales must have shape [4,2]');
  });
});
