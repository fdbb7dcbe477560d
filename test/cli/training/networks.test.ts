import * as tf from '@tensorflow/tfjs';
import {type Ends, FAMILIES, type Family, networksOf, sizesFor} from '../../../src/cli/training/networks';

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

describe('sizes that no network has are refused, with the nearest that works', () => {
  const ends = {inputs: 36, outputs: 6};
  it.each<[Family, number, Ends, string]>([
    ['dense', 20, ends, 'dense ReLU network of 36 inputs and 6 outputs must be 71 or more, but received 20. Take 71.'],
    ['dense', 3, ENDS[0], 'dense ReLU network of 1 input and 1 output must be 6 or more, but received 3. Take 6.'],
    ['wht', 30, ENDS[0], 'network of 1 input and 1 output must be from 37 to 36865, but received 30. Take 37.'],
    ['wht', 1e6, ENDS[0], 'must be from 37 to 36865, but received 1000000. Take 36865.'],
  ])('%s %i', (family, size, of, message) => {
    expect(() => networksOf(family, size, of, 'train')).toThrow(message);
  });
});

it.each(FAMILIES)('%s: every size from the least on has a network, the nearest there is', (family) => {
  for (const ends of ENDS) {
    const refused = /from (\d+) to|be (\d+) or more/.exec(messageOf(() => networksOf(family, 1, ends, 'train')))!;
    const least = Number(refused[1] ?? refused[2]);
    expect(() => networksOf(family, least - 1, ends, 'train')).toThrow(`Take ${least}.`);
    for (let size = least; size < least + 700; size++) {
      const [{parameters}] = networksOf(family, size, ends, 'train');
      // Half a unit of a narrow dense network, or half of a read-out.
      expect(Math.abs(parameters / size - 1)).toBeLessThan(family === 'dense' ? 0.34 : 0.18);
    }
  }
});

function messageOf(call: () => void): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
