/** Tests that must fail, run by guards.test.ts in a jest of its own. */

import * as tf from '@tensorflow/tfjs';
import {backendName, collectTensors, useBackend} from './backend';

useBackend();

it('good', () => {
  tf.tidy(() => {
    tf.square(tf.tensor1d([1, 2]));
  });
});

it('bad: leaves a tensor', () => {
  tf.tensor1d([1, 2]);
});

it('good: is allowed to leave a tensor', () => {
  collectTensors();
  tf.tensor1d([1, 2]);
});

it('bad: keeps a tensor for ever', () => {
  collectTensors();
  tf.keep(tf.tensor1d([1, 2]));
});

it('bad: runs a kernel that leaves data on the backend', () => {
  const kernelFunc: tf.KernelFunc = ({backend}) => {
    const write = () => (backend as tf.KernelBackend).write(Float32Array.of(1), [1], 'float32');
    write();
    return {dataId: write(), shape: [1], dtype: 'float32'};
  };
  tf.registerKernel({kernelName: 'Leaky', backendName, kernelFunc});
  tf.tidy(() => {
    tf.engine().runKernel('Leaky', {});
  });
});

it('bad: logs', () => {
  console.warn('Something is odd.');
});

it('good: trains a dense layer', async () => {
  collectTensors();
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
  model.compile({loss: 'meanSquaredError', optimizer: 'sgd'});
  await model.fit(tf.ones([8, 3]), tf.ones([8, 2]), {verbose: 0});
  model.dispose();
});

it('good: expects a warning', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  console.warn('Something is odd.');
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

if (backendName === 'webgpu') {
  it('bad: compiles a wrong shader, and does not look at the result', () => {
    const {device} = tf.backend() as unknown as {device: GPUDevice};
    device.createShaderModule({code: 'fn main( {'});
  });
}

it('good: comes after all this', () => {});
