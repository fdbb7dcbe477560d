import * as tf from '@tensorflow/tfjs';
import {analysis, exporters, layers} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';

useBackend();

const segment = {from: [0], to: [1]};

it('says beside the count how many pieces the rounding of a dense model has made', async () => {
  let gained = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const layer = layers.triangleWave({depth: 3, inputShape: [1], peakInitializer: 'peakUniform', seed});
    const wave = tf.sequential({layers: [layer]});
    const dense = exporters.toDense(wave);
    const [own, converted] = [wave, dense].map((model) => analysis.countLinearRegions(model, segment));
    expect(await own).toMatchObject({regions: 8, notes: []});
    const {regions, notes} = await converted;
    if (regions > 8) {
      gained++;
      const more = `^${regions - 8} of ${regions} pieces (is|are) shorter than a millionth of the segment: rounding of weights`;
      expect(notes).toEqual([expect.stringMatching(more)]);
    } else {
      expect(notes).toEqual([]);
    }
    wave.dispose();
    dense.dispose();
  }
  expect(gained).toBeGreaterThan(2);
});

it('does not take the pieces of a deep wave for such', async () => {
  const model = tf.sequential({layers: [layers.sawtooth({depth: 11, inputShape: [1]})]});
  expect(await analysis.countLinearRegions(model, segment)).toMatchObject({regions: 2 ** 11, notes: []});
  model.dispose();
});
