import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';

useBackend();

const model = (args: layers.TriangleWaveArgs) =>
  tf.sequential({layers: [layers.triangleWave({name: 'wave', ...args, inputShape: [1]})]});

/** What is said on the console while x goes through a model, batch by batch. */
async function said(net: tf.Sequential, ...batches: number[][]): Promise<string[]> {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    for (const batch of batches) {
      const y = tf.tidy(() => net.apply(tf.tensor2d(batch, [batch.length, 1])) as tf.Tensor);
      await y.data(); // on a GPU the look comes later
      y.dispose();
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    return warn.mock.calls.map(([text]) => String(text));
  } finally {
    warn.mockRestore();
    net.dispose();
  }
}

it('inputs that leave the domain by more than a tenth are told of, once, with the fix', async () => {
  const [text, ...more] = await said(model({}), [0, 1], [-5, 5], [-9, 9], [-9, 9]);
  expect(text).toMatch(/^layer wave: inputs from -5 to 5 leave the domain \[0, 1\] and are clipped to it\. /);
  expect(text).toContain('{domain: [-5, 5]}');
  expect(more).toEqual([]);
  const [other] = await said(model({domain: [10, 20]}), [10, 21.5, 15]);
  expect(other).toContain('inputs from 10 to 21.5 leave the domain [10, 20]');
});

it.each<[string, layers.TriangleWaveArgs, number[]]>([
  ['inputs in the domain', {domain: [-5, 5]}, [-5, 5]],
  ['inputs a tenth beyond', {}, [-0.0999, 1.0999]],
  ['a NaN', {}, [Number.NaN, 0.5]],
  ['no inputs', {}, []],
  ['a function that goes on', {inputNorm: 'none'}, [-5, 5]],
  ['a fold', {inputNorm: 'fold'}, [-5, 5]],
  ['a sigmoid', {inputNorm: 'sigmoid'}, [-50, 50]],
])('%s is not', async (_, args, batch) => {
  expect(await said(model(args), batch)).toEqual([]);
});

it('it looks at calls 1, 2, 4, 8 only', async () => {
  expect(await said(model({}), [0], [0], [7])).toEqual([]);
  expect(await said(model({}), [0], [0], [7], [0], [0], [0], [0], [7])).toHaveLength(1);
});

it('works in a training step, and gives the same derivatives', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const net = model({depth: 2});
  const x = tf.tensor2d([[-3], [0.3], [0.8]]);
  const of = () => tf.tidy(() => tf.grad((at: tf.Tensor) => tf.sum(net.apply(at) as tf.Tensor))(x));
  const slopes = [of(), of(), of()]; // looked at, looked at, not
  const [first, second, third] = await Promise.all(slopes.map((slope) => slope.data()));
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(first[0]).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
  net.dispose();
  tf.dispose([x, slopes]);
});
