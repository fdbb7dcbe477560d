// %% [markdown]
// # 3. One million neurons
//
// "1 million neurons and curve fitting" is the title of the thread that this library started from. Its arithmetic: a dense
// layer of a million units on a million units has 2^40 weights, 4 TiB as floats. A fast transform of 2^20 values has none, and
// takes 20 rounds of additions. So let us train layers of 2^20 units, on whatever machine this runs.

// %%
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import '@tensorflow/tfjs-backend-wasm';
import {claim} from './support/claim';
import {type Images, loadFashionMnist} from './support/fashion_mnist';
import {Plot, show, table} from './support/show';

const WIDTH = 2 ** 20;
const BATCH = 8;
const TEST_IMAGES = 160;
tf.enableProdMode();
await tf.setBackend('wasm');
const backend = tf.getBackend();

// %% [markdown]
// ## Two layers of a million units
//
// The input is an image of 28 x 28 pixels of Fashion-MNIST, repeated with other signs until it fills 2^20 places. Two layers
// follow, each a transform and a pair of slopes for every unit; the read-out is one more transform, of which 10 values are
// taken. It keeps the length of what it reads, so ten values now carry what a million had: they are scaled to unit size.
// `activation: 'reluPair'` runs transform and slopes as one kernel, which keeps one tensor for the backward pass
// instead of two.

// %%
const model = tf.sequential({
  layers: [
    pw.layers.whtProjection({units: WIDTH, seed: 1, randomBias: 0, activation: 'reluPair', inputShape: [784]}),
    pw.layers.whtProjection({units: WIDTH, seed: 2, randomBias: 0, activation: 'reluPair'}),
    pw.layers.whtProjection({units: 10, seed: 3, randomBias: 0}),
    tf.layers.rescaling({scale: Math.sqrt(10 / WIDTH)}),
  ],
});
const parameters = model.countParams();
const denseParameters = 784 * WIDTH + WIDTH + WIDTH * WIDTH + WIDTH + WIDTH * 10 + 10;
const size = (bytes: number) =>
  bytes >= 2 ** 40 ? `${(bytes / 2 ** 40).toFixed(1)} TiB` : `${(bytes / 2 ** 20).toFixed(0)} MiB`;
table(
  [
    'network 784, 2^20, 2^20, 10',
    'parameters',
    'weights',
    'with gradients and Adam',
    'additions or products per image',
  ],
  [
    ['Walsh-Hadamard', parameters, size(4 * parameters), size(16 * parameters), 3 * 20 * WIDTH],
    ['dense', denseParameters, size(4 * denseParameters), size(16 * denseParameters), denseParameters],
  ],
);

// %% [markdown]
// ## Training
//
// A few dozen steps of Adam on batches of 8 images: not for accuracy, which a small network gets cheaper (notebook 2), but to
// see that it learns, and what a step costs.

// %%
const {train, test} = await loadFashionMnist();
const images = (from: Images, first: number, count: number) => ({
  x: tf.tensor2d(from.x.slice(784 * first, 784 * (first + count)), [count, 784]),
  y: tf.oneHot(tf.tensor1d(Int32Array.from(from.y.slice(first, first + count)), 'int32'), 10).toFloat(),
});
const accuracyOf = async () => {
  let right = 0;
  for (let first = 0; first < TEST_IMAGES; first += BATCH) {
    const {x, y} = images(test, first, BATCH);
    const logits = model.predict(x) as tf.Tensor;
    right += (await logits.argMax(1).equal(y.argMax(1)).sum().data())[0];
    tf.dispose([x, y, logits]);
  }
  return right / TEST_IMAGES;
};
model.compile({
  optimizer: tf.train.adam(0.003),
  loss: (labels: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits),
});
const steps: {step: number; loss: number; seconds: number; busy: number}[] = [];
for (let step = 0; step < 40; step++) {
  const {x, y} = images(train, step * BATCH, BATCH);
  const [start, used] = [performance.now(), process.cpuUsage()];
  const loss = (await model.trainOnBatch(x, y)) as number;
  const {user, system} = process.cpuUsage(used);
  steps.push({step: step + 1, loss: loss, seconds: (performance.now() - start) / 1000, busy: (user + system) / 1e6});
  tf.dispose([x, y]);
}
const accuracy = await accuracyOf();
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
const [seconds, busy] = [median(steps.map((step) => step.seconds)), median(steps.map((step) => step.busy))];
const peak = process.resourceUsage().maxRSS * 1024;
console.log(
  `backend ${backend}: ${busy.toFixed(2)} s of processor time a step (median), ${seconds.toFixed(2)} s by the clock, peak memory of the process ${size(peak)}`,
);
console.log(
  `accuracy on ${TEST_IMAGES} test images after ${steps.length} steps of ${BATCH} images: ${(100 * accuracy).toFixed(0)} %`,
);
show({
  height: 300,
  x: {label: 'step →'},
  y: {label: '↑ loss of the batch', grid: true},
  marks: [
    Plot.ruleY([Math.log(10)], {stroke: '#bbb', strokeDasharray: '4 3'}),
    Plot.line(steps, {x: 'step', y: 'loss', stroke: pw.plot.colors.light.ours}),
    Plot.text([`guessing: ln 10 = ${Math.log(10).toFixed(2)}`], {frameAnchor: 'top-right', dx: -6, dy: 4}),
  ],
});

// %% [markdown]
// ## Cost grows as n log n
//
// One layer by its width, from 2^10 to 2^20, always on 2^21 numbers: as rows of that width. The n log n law says that a number
// costs in proportion to log2 n, by which the figure divides. The fastest of 40 calls counts: the others had to share the machine.

// %%
const NUMBERS = 2 ** 21;
const costs = [10, 12, 14, 16, 18, 20].map((log) => {
  const n = 2 ** log;
  const x = tf.randomUniform([NUMBERS / n, n], -1, 1, 'float32', 1);
  const signs = tf.tensor1d(pw.randomSigns(n, {seed: 1}));
  const times = Array.from({length: 40}, () => {
    const start = performance.now();
    pw.walshHadamard(x, {signs: signs}).dispose();
    return performance.now() - start;
  });
  tf.dispose([x, signs]);
  return {log: log, perStep: (1e6 * Math.min(...times)) / NUMBERS / log};
});
show({
  height: 260,
  x: {label: 'log2 of the width →'},
  y: {label: '↑ nanoseconds for a number, divided by log2 n', grid: true, zero: true},
  marks: [
    Plot.ruleY([0]),
    Plot.line(costs, {x: 'log', y: 'perStep', stroke: pw.plot.colors.light.ours}),
    Plot.dot(costs, {x: 'log', y: 'perStep', fill: pw.plot.colors.light.ours, r: 4}),
  ],
});

// %% [markdown]
// `npm run bench -- --million` measures one to four such layers, forward, backward and Adam apart, on three backends, each in a
// process of its own, and widths up to 2^22: [its results](../bench/results/million/README.md).
//
// ## What this notebook claims

// %%
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const [first, last] = [steps.slice(0, 5), steps.slice(-10)].map((some) => mean(some.map((step) => step.loss)));
const spread = Math.max(...costs.map((cost) => cost.perStep)) / Math.min(...costs.map((cost) => cost.perStep));
claim(
  'two layers of 2^20 units have 4,194,304 parameters; dense ones would have more than 10^12',
  parameters === 2 ** 22 && denseParameters > 1e12,
);
// Processor time: the clock also counts what else this machine is doing.
claim('a training step of 8 images takes less than 2 s of one processor', busy < 2);
claim('the process needs less than 2 GiB', peak < 2 ** 31);
claim(
  'it learns: the loss falls by a third, and half of the test images are right',
  last < (2 / 3) * first && accuracy > 0.5,
);
claim('a number costs the same, divided by log2 n, within a factor of 2', spread < 2);
