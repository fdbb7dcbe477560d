import * as tf from '@tensorflow/tfjs';
import {exactly, inputForms, pieceAt} from './piece';
import {Draw} from './random/draw';
import {randomNet} from './random/net';
import {ratio, rational} from './rational';
import {readModel} from './read_model';

beforeAll(() => tf.setBackend('cpu'));

it.each([0, 1, -1.5, 1 / 3, -(2 ** -1074), 5e-310, 1.7e308, 2 ** 60 + 4096, 6.25e-6])('%d is exact', (x) => {
  const [n, d] = rational(x);
  expect(ratio(n, d)).toBe(x);
  expect(d & (d - 1n)).toBe(0n);
});

/** Weights of these differ so much in size that float32 loses what they give. */
const WILD = ['weights: scales', 'weights: extremes'];

it('exact values are those that models predict, up to float32, for 200 random networks of every layer', () => {
  let compared = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const {model, inputShape, kinds} = randomNet(seed);
    const network = readModel(model);
    if (!network.cut && !kinds.some((kind) => WILD.includes(kind))) {
      const draw = new Draw(seed + 1);
      const x = Array.from({length: tf.util.sizeFromShape(inputShape)}, () => Math.fround(draw.normal()));
      const predicted = tf.tidy(() => (model.predict(tf.tensor(x, [1, ...inputShape])) as tf.Tensor).dataSync());
      const direction = x.map(() => rational(1));
      const probe = [
        [0n, 1n],
        [1n, 0n],
      ];
      const {output, scale} = pieceAt(network, inputForms(exactly(x), [direction]), probe);
      const values = output.map(([, constant]) => ratio(constant, scale));
      const size = Math.max(1e-3, ...values.map(Math.abs));
      expect(values.length).toBe(predicted.length);
      expect([seed, Math.max(...values.map((value, i) => Math.abs(value - predicted[i]))) < 1e-4 * size]).toEqual([
        seed,
        true,
      ]);
      compared++;
    }
    model.dispose();
  }
  expect(compared).toBeGreaterThan(100);
});
