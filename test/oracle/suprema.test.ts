import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {highestValues} from './highest_values';
import {Draw} from './random/draw';
import {setWeights, WEIGHT_KINDS} from './random/weights';
import {ratio} from './rational';
import {readModel} from './read_model';

beforeAll(() => tf.setBackend('cpu'));

it.each(Object.keys(WEIGHT_KINDS))(
  'the suprema of neurons in a box are those at the corners of exact polygons (weights: %s)',
  async (kind) => {
    const decided = {dead: 0, alive: 0, unknown: 0};
    let known = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const draw = new Draw(seed);
      const hidden = draw.integer(1, 6);
      const model = tf.sequential({
        layers: [
          tf.layers.dense({units: hidden, activation: 'relu', kernelInitializer: 'zeros', inputShape: [2]}),
          tf.layers.dense({units: 3, activation: 'linear', kernelInitializer: 'zeros', name: 'asked'}),
        ],
      });
      for (const layer of model.layers) setWeights(layer, WEIGHT_KINDS[kind], draw);
      const asked = tf.sequential({layers: [...model.layers, tf.layers.reLU()]});
      const highest = highestValues(readModel(model), {x: [-1, 2], y: [-1, 2]}).map((value) => ratio(...value));
      const {neurons} = await analysis.stablyUnactivated(asked, {domain: {low: -1, high: 2}});
      for (const [i, {verdict, supremum}] of neurons.entries()) {
        decided[verdict]++;
        const where = `seed ${seed}, neuron ${i}: ${verdict}, ${supremum}; true ${highest[i]}`;
        if (supremum !== null) known++;
        if (typeof supremum === 'number')
          expect([where, Math.abs(supremum - highest[i]) < 1e-9 * (1 + Math.abs(highest[i]))]).toEqual([where, true]);
        if (verdict === 'alive') expect([where, highest[i] > 0]).toEqual([where, true]);
        if (verdict === 'dead') expect([where, highest[i] < 0]).toEqual([where, true]);
        if (Math.abs(highest[i]) > 1e-6)
          expect([where, verdict]).toEqual([where, highest[i] > 0 ? 'alive' : expect.stringMatching(/dead|unknown/)]);
        expect([where, supremum]).not.toEqual([where, 'none']);
      }
      asked.dispose();
    }
    expect(decided.alive).toBeGreaterThan(5);
    expect(known).toBeGreaterThan(12);
  },
);
