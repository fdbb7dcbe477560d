import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {registerKernels} from 'tfjs-piecewise/wasm/convolution';
import type {WasmBackend} from '../../../src/kernels/wasm/backend';
import {collectTensors, useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {mulberry32, normal} from '../../support/random';
import {type Convolution, filterGradient, inputGradient, output, outputOf, type Padding} from './convolution_sums';

useBackend();
beforeAll(() => registerKernels()); // the backend comes after the imports of this file

const WINDOWS: [string, Omit<Convolution, 'x' | 'filter' | 'isDepthwise'>][] = [
  ['valid', {pad: 'valid'}],
  ['same', {pad: 'same'}],
  ['same, strides 2', {pad: 'same', strides: 2}],
  ['valid, strides 3 and 2', {pad: 'valid', strides: [3, 2]}],
  ['2 on each side', {pad: 2}],
  ['another number on each side', {pad: [[0, 0], [2, 0], [1, 3], [0, 0]], strides: 2}], // biome-ignore format: one line
  ['same, dilated', {pad: 'same', dilations: 2}],
  ['valid, dilated by 2 and 3', {pad: 'valid', dilations: [2, 3]}],
];

/** Few and many channels, multiples of the tiles and none. */
const CHANNELS = [
  [1, 1],
  [1, 9],
  [3, 2],
  [4, 8],
  [8, 1],
  [13, 1],
  [24, 20],
];

/** A number as padding makes tfjs take all sides for alike. */
const widthOf = (height: number, pad: Padding) => (typeof pad === 'number' ? height : height + 1);

const sizeOf = tf.util.sizeFromShape;

/** The kernels on random numbers, against the sums. */
async function check(conv: Convolution, seed: number): Promise<void> {
  const {x, filter, strides = 1, dilations = 1, pad, isDepthwise} = conv;
  const shape = outputOf(conv).shape;
  const [xs, ws, ds] = [x, filter, shape].map((each, i) => normal(sizeOf(each), 3 * seed + i));
  const attrs = {strides, pad, dilations, dataFormat: 'NHWC'} as unknown as tf.NamedAttrMap;
  const run = (name: string, inputs: [number[], Float32Array][], names: string[], own: object) =>
    tf.tidy(() => {
      const tensors = Object.fromEntries(names.map((each, i) => [each, tf.tensor(inputs[i][1], inputs[i][0])]));
      return tf.engine().runKernel(name, tensors, {...attrs, ...own} as tf.NamedAttrMap) as tf.Tensor;
    });
  const kind = isDepthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
  const dfilter = run(`${kind}BackpropFilter`, [[x, xs], [shape, ds]], ['x', 'dy'], {filterShape: filter}); // biome-ignore format: one line
  expect(dfilter.shape).toEqual(filter);
  expectClose(await values(dfilter), filterGradient(conv, xs, ds), {relative: 2e-6, absolute: 1e-6});
  dfilter.dispose();
  if (!isDepthwise) return; // tfjs has that one
  const dx = run(`${kind}BackpropInput`, [[shape, ds], [filter, ws]], ['dy', 'filter'], {inputShape: x}); // biome-ignore format: one line
  expect(dx.shape).toEqual(x);
  expectClose(await values(dx), inputGradient(conv, ds, ws), {relative: 2e-6, absolute: 1e-6});
  dx.dispose();
}

const checkWindow = async (window: (typeof WINDOWS)[number][1]) => {
  for (const isDepthwise of [false, true]) {
    for (const [i, [channels, others]] of CHANNELS.entries()) {
      const multiplier = isDepthwise ? Math.min(others, 3) : others;
      for (const size of [1, 3]) {
        await check(
          {
            ...window,
            x: [2, 9, 10, channels],
            filter: [size, widthOf(size, window.pad), channels, multiplier],
            isDepthwise,
          },
          i,
        );
      }
    }
  }
};

it.each(WINDOWS)('in the SIMD module, %s', (_, window) => checkWindow(window));

it('a pixel for a pixel: rows of an image are one', () =>
  check({x: [3, 5, 4, 12], filter: [1, 1, 12, 9], pad: 'valid', isDepthwise: false}, 5));

it('200 windows by chance', async () => {
  const next = mulberry32(7);
  const upTo = (most: number) => 1 + Math.floor(most * next());
  for (let i = 0; i < 200; i++) {
    const filter: [number, number, number, number] = [upTo(4), upTo(4), upTo(18), upTo(18)];
    const isDepthwise = next() < 0.5;
    if (isDepthwise) filter[3] = upTo(3);
    const dilated = next() < 0.3;
    const [strides, dilations] = [1, 1].map((): [number, number] => [upTo(3), upTo(3)]);
    const pad: Padding = (['same', 'valid', upTo(3)] as const)[upTo(3) - 1];
    if (typeof pad === 'number') for (const sides of [filter, strides, dilations]) sides[1] = sides[0];
    const x: [number, number, number, number] = [upTo(3), 9 + upTo(5), 9 + upTo(5), filter[2]];
    await check({x, filter, pad, isDepthwise, ...(dilated ? {dilations} : {strides})}, i);
  }
});

it('no images, and images of infinities', async () => {
  for (const isDepthwise of [false, true])
    await check({x: [0, 4, 4, 5], filter: [3, 3, 5, 2], pad: 'same', isDepthwise}, 1);
  const x = tf.fill([1, 3, 3, 8], Infinity) as tf.Tensor4D;
  const sum = (w: tf.Tensor) => tf.sum(tf.depthwiseConv2d(x, w as tf.Tensor4D, 1, 'same'));
  const gradient = tf.tidy(() => tf.grad(sum)(tf.ones([3, 3, 8, 1])));
  expect((await values(gradient)).every((value) => value === Infinity)).toBe(true); // no zero of the padding times infinity
  tf.dispose([x, gradient]);
});

describe('without the memory of tfjs', () => {
  let wasm: WasmBackend['wasm'];
  const backend = () => tf.backend() as unknown as WasmBackend;
  beforeAll(() => {
    wasm = backend().wasm;
    backend().wasm = Object.assign(Object.create(wasm), {asm: undefined});
  });
  afterAll(() => {
    backend().wasm = wasm;
  });
  it.each(WINDOWS)('loops in JavaScript serve, %s', (_, window) => checkWindow(window));
});

describe.each([true, false])('tfjs differentiates the derivatives, depthwise: %p', (isDepthwise) => {
  const conv: Convolution = {x: [2, 5, 6, 5], filter: [3, 3, 5, 2], pad: 'same', strides: 2, isDepthwise};
  const shape = outputOf(conv).shape;
  const [x, w, t, u, v] = [conv.x, conv.filter, shape, conv.x, conv.filter].map((each, i) => normal(sizeOf(each), i));
  const forward = (a: tf.Tensor, b: tf.Tensor) =>
    (isDepthwise ? tf.depthwiseConv2d : tf.conv2d)(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same') as tf.Tensor;

  it('that by the input', async () => {
    // sum(u * d/dx sum(t * conv(x, w))): linear in w and in t
    const [dw, dt] = tf.tidy(() => {
      const [a, factor] = [tf.tensor(x, conv.x), tf.tensor(u, conv.x)];
      const byInput = (b: tf.Tensor, s: tf.Tensor) => tf.grad((c) => tf.sum(tf.mul(s, forward(c, b))))(a);
      return tf.grads((b, s) => tf.sum(tf.mul(factor, byInput(b, s))))([
        tf.tensor(w, conv.filter),
        tf.tensor(t, shape),
      ]);
    });
    expectClose(await values(dw), filterGradient(conv, u, t), {relative: 2e-6});
    expectClose(await values(dt), output(conv, u, w), {relative: 2e-6});
    tf.dispose([dw, dt]);
  });

  it('that by the filter', async () => {
    const [dx, dt] = tf.tidy(() => {
      const [b, factor] = [tf.tensor(w, conv.filter), tf.tensor(v, conv.filter)];
      const byFilter = (a: tf.Tensor, s: tf.Tensor) => tf.grad((c) => tf.sum(tf.mul(s, forward(a, c))))(b);
      return tf.grads((a, s) => tf.sum(tf.mul(factor, byFilter(a, s))))([tf.tensor(x, conv.x), tf.tensor(t, shape)]);
    });
    expectClose(await values(dx), inputGradient(conv, t, v), {relative: 2e-6});
    expectClose(await values(dt), output(conv, x, v), {relative: 2e-6});
    tf.dispose([dx, dt]);
  });
});

it('a separable network trains, its losses those of the backend cpu', async () => {
  collectTensors();
  const losses = async (backend: string) => {
    await tf.setBackend(backend);
    const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          filters: 8,
          kernelSize: 5,
          strides: 2,
          kernelInitializer: seeded(1),
          inputShape: [12, 12, 1],
        }),
        tf.layers.batchNormalization(),
        tf.layers.depthwiseConv2d({kernelSize: 3, padding: 'same', depthwiseInitializer: seeded(2)}),
        layers.whtProjection({units: 8, seed: 3, activation: layers.reluPair({sharedAxes: [1, 2]})}),
        tf.layers.averagePooling2d({poolSize: 2}), // of tfjs, the derivative of maxPool loses negative maxima
        tf.layers.globalAveragePooling2d({}),
        tf.layers.dense({units: 3, kernelInitializer: seeded(4)}),
      ],
    });
    const optimizer = tf.train.sgd(0.1); // Adam divides the noise of the bias, whose derivative is 0, by its size
    model.compile({optimizer, loss: tf.losses.meanSquaredError});
    const [x, y] = [tf.tensor(normal(16 * 144, 5), [16, 12, 12, 1]), tf.tensor(normal(16 * 3, 6), [16, 3])];
    const {history} = await model.fit(x, y, {epochs: 8, shuffle: false, verbose: 0});
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
    return history.loss as number[];
  };
  const theirs = await losses('cpu');
  const ours = await losses('wasm');
  expect(ours[7]).toBeLessThan(0.9 * ours[0]);
  expectClose(ours, theirs, {relative: 1e-5});
});

it('what does not fit the forward pass is refused', () => {
  const call = (attrs: object) => () =>
    tf.tidy(() => {
      const inputs = {x: tf.ones([1, 4, 4, 2]), dy: tf.ones([1, 4, 4, 3])};
      const all = {strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [3, 3, 2, 3], ...attrs};
      tf.engine().runKernel('Conv2DBackpropFilter', inputs, all as unknown as tf.NamedAttrMap);
    });
  expect(call({})).toThrow(/dy must have the shape of the convolution's output, \[1,2,2,3\].*\[1,4,4,3\]/s);
  expect(call({dataFormat: 'NCHW'})).toThrow(/NHWC/);
  expect(call({pad: 'same'})).not.toThrow();
});

it('a kernel that a backend has is left alone', () => {
  const theirs = {kernelName: 'Conv2DBackpropFilter', backendName: 'wasm_of_tomorrow', kernelFunc: jest.fn()};
  tf.registerKernel(theirs);
  registerKernels('wasm_of_tomorrow');
  expect(tf.getKernel('Conv2DBackpropFilter', 'wasm_of_tomorrow')).toBe(theirs);
  expect(tf.getKernel('DepthwiseConv2dNativeBackpropInput', 'wasm_of_tomorrow')).toBeDefined();
  for (const {kernelName, backendName} of tf.getKernelsForBackend('wasm_of_tomorrow')) {
    tf.unregisterKernel(kernelName, backendName);
  }
});
