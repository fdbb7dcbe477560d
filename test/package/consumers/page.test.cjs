/** Runs in Jest with jsdom, as tests of pages do: package conditions "browser" and "require". */
const tf = require('@tensorflow/tfjs');
const {exports: map} = require('tfjs-piecewise/package.json');

const entries = Object.keys(map)
  .filter((subpath) => !['./package.json', './tfjs-node'].includes(subpath)) // tfjs-node is native
  .map((subpath) => subpath.replace('.', 'tfjs-piecewise'));

it('is a page', () => expect(document.createElement('canvas').tagName).toBe('CANVAS'));

it.each(entries)('%s can be required', (entry) => {
  expect(Object.keys(require(entry)).length).toBeGreaterThan(0);
});

it('a model runs', async () => {
  await tf.setBackend('cpu');
  const {layers} = require('tfjs-piecewise');
  const model = tf.sequential({layers: [layers.whtProjection({units: 4, inputShape: [3]}), layers.reluPair()]});
  expect(model.predict(tf.ones([2, 3])).shape).toEqual([2, 4]);
});
