import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {installKernels, type KernelDefinition, runKernel} from '../../src/engine';
import {backendName, useBackend, values} from '../support/backend';
import {recordCase} from '../support/conformance_results';
import {checkRow, type MakeTensor} from './check_row';
import {type Row, sizeOf, TABLE} from './table';

useBackend();

/** The same tensor as a view: a reshaped slice from the middle of a longer one. */
const view: MakeTensor = (shape, values) => {
  const longer = tf.tensor1d([7, 8, 9, ...values, 7], values instanceof Int32Array ? 'int32' : 'float32');
  return tf.reshape(tf.slice(longer, [3], [values.length]), shape);
};

async function check(row: Row, run: typeof runKernel, make?: MakeTensor) {
  const found = await checkRow(row, run, make);
  if (run === definition) return;
  const pairs = found.map((actual, i) => ({actual, expected: row.outputs[i].values}));
  recordCase({environment: 'Node', title: backendName}, row.kernel.name, pairs);
}

const definition = (({forward}: Row['kernel'], inputs: {[name: string]: tf.Tensor}, attrs: Row['attrs']) =>
  forward(inputs, attrs)) as typeof runKernel;

describe.each(TABLE)('%s', (_, rows) => {
  const few = rows.filter((row) => sizeOf(row) > 0).slice(0, 4);
  // What the definitions are made of are ops of tfjs, whose shaders take seconds to compile on a GPU of software.
  it.each(backendName === 'webgpu' ? few : rows)('by its definition, $title', (row) => check(row, definition));
  it.each(rows)('by the kernel of the backend, $title', (row) => check(row, runKernel));
  it('of views into longer tensors', async () => {
    for (const row of few) await check(row, runKernel, view);
  });
});

const ALL = [
  'WalshHadamard',
  'SignedWalshHadamard',
  'TakeUnits',
  'ReLUPair',
  'ReLUPairGradient',
  'TriangleWave',
  'TriangleWaveGradient',
  'WHTReLUPair',
];
/** On a GPU the backward pass transforms x again, elsewhere the forward pass keeps what it has transformed. */
if (backendName === 'webgpu') ALL.push('WHTReLUPairGradient', 'WHTReLUPairSlopes');
else ALL.push('WHTReLUPairForward', 'WHTReLUPairBackward', 'ReLUPairSlopes');
/** A step of a weight is elementwise, and a transform of selected units is made of two kernels: on a GPU these serve. */
if (backendName !== 'webgpu') {
  ALL.push('AdamW', 'SelectedWalshHadamard', 'ExpandUnits', 'SoftmaxCrossEntropy', 'SoftmaxCrossEntropyGradient');
}
/** Elsewhere the products of tfjs are what there is. */
if (backendName === 'wasm' || backendName === 'tensorflow') ALL.push('DenseUnits', 'TransposedMatMul');
if (backendName === 'tensorflow') ALL.push('DenseUnitsGradient');

it('import of the package installs the native kernels of the backend', () => {
  // All portable kernels are one function in the source, made for each definition anew.
  const sourceOf = (name: string) => String(tf.getKernel(name, backendName)?.kernelFunc);
  const none: KernelDefinition<{x: tf.Tensor}, Record<string, never>> = {
    name: 'PortableOfTheConformanceTest',
    inputs: ['x'],
    forward: ({x}) => tf.neg(x),
  };
  tf.tidy(() => {
    runKernel(none, {x: tf.ones([1])}, {});
  });
  const native = ALL.filter((name) => ![sourceOf(none.name), 'undefined'].includes(sourceOf(name)));
  expect(native).toEqual(ALL);
});

describe('installKernels', () => {
  const double: KernelDefinition<{x: tf.Tensor}, Record<string, never>> = {
    name: 'DoubleOfTheConformanceTest',
    inputs: ['x'],
    forward: ({x}) => tf.mul(x, 2),
  };
  const run = async () => {
    const y = tf.tidy(() => runKernel(double, {x: tf.tensor1d([3])}, {}));
    const [value] = await values(y);
    y.dispose();
    return value;
  };

  // Logging would fail the test: see test/support/quiet.ts.
  it('replaces a kernel after its first use, as often as one likes, without a word', async () => {
    expect(await run()).toBe(6);
    installKernels(backendName, {[double.name]: ({inputs}) => tf.tidy(() => tf.mul(inputs.x as tf.Tensor, 20))});
    expect(await run()).toBe(60);
    installKernels(backendName, {[double.name]: ({inputs}) => tf.tidy(() => tf.mul(inputs.x as tf.Tensor, 30))});
    expect(await run()).toBe(90);
  });

  it('may come before the first use of a kernel, and leaves other backends alone', async () => {
    const later = {...double, name: 'LaterOfTheConformanceTest'};
    installKernels('some_other_backend', {
      [later.name]: () => {
        throw new Error('This is the kernel of another backend.');
      },
    });
    const y = tf.tidy(() => runKernel(later, {x: tf.tensor1d([4])}, {}));
    expect([...(await values(y))]).toEqual([8]);
    y.dispose();
  });
});

it('an output that is an input lives on its own', async () => {
  const echo: KernelDefinition<{x: tf.Tensor}, Record<string, never>> = {
    name: 'EchoOfTheConformanceTest',
    inputs: ['x'],
    forward: ({x}) => x,
  };
  const x = tf.tensor1d([5, 6]);
  const y = runKernel(echo, {x}, {});
  x.dispose();
  expect([...(await values(y))]).toEqual([5, 6]);
  y.dispose();
});

it('a kernel without a gradient of its own is differentiated op by op', async () => {
  const product: KernelDefinition<{a: tf.Tensor; b: tf.Tensor}, {factor: number}> = {
    name: 'ProductOfTheConformanceTest',
    inputs: ['a', 'b'],
    forward: ({a, b}, {factor}) => [tf.mul(tf.square(a), factor), tf.mul(a, b)],
  };
  const gradients = tf.tidy(() =>
    tf.grads((a, b) => {
      const [squares, products] = [runKernel(product, {a, b}, {factor: 10})].flat();
      return tf.add(tf.sum(squares), tf.sum(products));
    })([tf.tensor1d([1, 2]), tf.tensor1d([3, 4])]),
  );
  expect([...(await values(gradients[0]))]).toEqual([23, 44]); // 20 a + b
  expect([...(await values(gradients[1]))]).toEqual([1, 2]); // a
  tf.dispose(gradients);
});
