import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/** Two units, one of which is straight. */
function model(): tf.Sequential {
  const pair = pw.layers.reluPair({inputShape: [2], name: 'pair'});
  const made = tf.sequential({layers: [pair]});
  tf.tidy(() => pair.setWeights([tf.tensor1d([-1, 2]), tf.tensor1d([1, 2])]));
  return made;
}

it('draws a point for each learned pair, slope below 0 to the right, above 0 upwards', async () => {
  const svg = await pw.plot.slopes(model(), {theme: 'light', width: 400});
  const [, x1, y1, x2, y2] = /d="M(\S+) (\S+)h0M(\S+) (\S+)h0"/.exec(svg)!.map(Number);
  expect(x2).toBeGreaterThan(x1);
  expect(y2).toBeLessThan(y1);
  const rings = [...svg.matchAll(/<circle cx="(\S+?)" cy="(\S+?)"/g)].map(([, cx, cy]) => [Number(cx), Number(cy)]);
  expect(rings).toContainEqual([x1, y1]); // |x|
  expect(svg).toContain('2 learned slope pairs');
  expect(svg).toContain('>2 pairs<');
});

it('leaves out units without slopes of their own, and counts shared pairs once', async () => {
  const layers = [
    pw.layers.reluPair({inputShape: [4], parametricFraction: 0.5, seed: 1, name: 'half'}),
    tf.layers.reshape({targetShape: [2, 2]}),
    pw.layers.reluPair({sharedAxes: 1, name: 'shared'}),
  ];
  const svg = await pw.plot.slopes(tf.sequential({layers}));
  expect(svg).toContain('>2 pairs on 4 units<');
  expect(svg.match(/>2 pairs on 4 units</g)).toHaveLength(2);
});

it('refuses a model without pairs, and too little height', async () => {
  const dense = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  await expect(pw.plot.slopes(dense)).rejects.toThrow('plot.slopes: the model must have learned slope pairs');
  await expect(pw.plot.slopes(model(), {height: 130})).rejects.toThrow(/height must be at least \d+, but received 130/);
});
