import * as tf from '@tensorflow/tfjs';
import {FAMILIES, networksOf, sizesFor} from '../../../src/cli/training/networks';

const ENDS = [
  {inputs: 1, outputs: 1},
  {inputs: 16, outputs: 26},
  {inputs: 36, outputs: 6},
  {inputs: 300, outputs: 2},
];

it.each(ENDS)(
  '$inputs inputs, $outputs outputs: networks of about the size, with the parameters that they say',
  (ends) => {
    for (const size of [...sizesFor(ends), 20_000]) {
      for (const family of FAMILIES) {
        const networks = networksOf(family, size, ends, 'compare');
        expect(networks.length).toBeGreaterThanOrEqual(1);
        expect(new Set(networks.map(({name}) => name)).size).toBe(networks.length);
        for (const {layers, parameters, name} of networks) {
          const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [ends.inputs]}), ...layers(1)]});
          expect([
            name,
            model.trainableWeights.reduce((sum, {shape}) => sum + tf.util.sizeFromShape(shape as number[]), 0),
          ]).toEqual([name, parameters]);
          expect(Math.abs(parameters / size - 1)).toBeLessThan(0.2);
          expect(model.outputShape).toEqual([null, ends.outputs]);
          model.dispose();
        }
      }
    }
  },
);

it('the same seed makes the same weights, another one others', () => {
  for (const family of FAMILIES) {
    const [network] = networksOf(family, 500, {inputs: 5, outputs: 2}, 'compare');
    const outputs = [1, 1, 2].map((seed) => {
      const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [5]}), ...network.layers(seed)]});
      const y = model.predict(tf.ones([1, 5])) as tf.Tensor;
      model.dispose();
      return [...y.dataSync()];
    });
    expect(outputs[0]).toEqual(outputs[1]);
    expect(outputs[0]).not.toEqual(outputs[2]);
  }
});

it('refuses sizes that no network has, and names one that has', () => {
  expect(() => networksOf('dense', 20, {inputs: 36, outputs: 6}, 'train')).toThrow(
    /^train: a dense ReLU network of 36 inputs and 6 outputs must have a larger size, but received 20\. Take 180 or more\.$/,
  );
  expect(networksOf('dense', 180, {inputs: 36, outputs: 6}, 'train').length).toBeGreaterThan(0);
  expect(networksOf('wht', 180, {inputs: 36, outputs: 6}, 'train').length).toBeGreaterThan(0);
});
