// %% [markdown]
// # 2. Parameters per breakpoint, on Fashion-MNIST
//
// The thread's claim: one or two trainable numbers per breakpoint are enough, where a dense layer spends as many as it has
// inputs; and with two slopes on a part of the units and plain ReLUs on the rest even a *fraction* of a number, "for example
// 0.5". Its author had not tried that. Here it is tried, in the two ways that one can ask: at **equal width**, and at **equal
// total parameters**, which is the harder test.
//
// A whole comparison takes hours: `npm start -- --dataset fashion-mnist` trains on 60,000 images for 20 epochs, with three
// seeds. Its results are in the repository and are shown below. First, live, a **reduced** version: 2,000 training and
// 2,000 test images, few epochs, three seeds. It takes minutes, all its accuracies are lower, and its error bars wider.

// %%
import {readFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import '@tensorflow/tfjs-backend-wasm';
import {claim} from './support/claim';
import {type Images, loadFashionMnist} from './support/fashion_mnist';
import {showSvg, table} from './support/show';

tf.enableProdMode();
await tf.setBackend('wasm');
const [COUNT, EPOCHS, BATCH, SEEDS] = [2000, 6, 64, [1, 2, 3]];

// %% [markdown]
// ## The networks
//
// All of them give 10 logits. The Walsh-Hadamard ones are 1,024 wide; a last transform is cut to 128 values before the dense
// read-out, which would otherwise own most of the parameters.

// %%
const readOut = (seed: number, inputShape?: number[]) =>
  tf.layers.dense({
    units: 10,
    kernelInitializer: tf.initializers.glorotNormal({seed: 100 * seed + 99}),
    ...(inputShape && {inputShape: inputShape}),
  });

/** 784 inputs, one hidden ReLU layer. */
const dense = (width: number) => (seed: number) =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: width,
        activation: 'relu',
        inputShape: [784],
        kernelInitializer: tf.initializers.heNormal({seed: 100 * seed}),
      }),
      readOut(seed),
    ],
  });

/** Blocks of transform and slopes; `perBreakpoint` is 2 for two slopes on every unit, 0.5 for them on a quarter. */
const wht = (blocks: number, perBreakpoint: number) => (seed: number) => {
  const model = tf.sequential();
  for (let i = 0; i < blocks; i++) {
    const shape = i === 0 ? {inputShape: [784]} : {};
    model.add(pw.layers.whtProjection({units: 1024, seed: 100 * seed + 2 * i, expand: 'pad', randomBias: 0, ...shape}));
    const parametricFraction = perBreakpoint / 2;
    model.add(
      pw.layers.reluPair({parametricFraction: parametricFraction, fixedGain: Math.SQRT2, seed: 100 * seed + 2 * i + 1}),
    );
  }
  model.add(pw.layers.whtProjection({units: 128, seed: 100 * seed + 2 * blocks, randomBias: 0}));
  model.add(readOut(seed));
  return model;
};

/** The image as 4 x 4 patches of 7 x 7 pixels; transforms over pixels and over patches by turns, slopes shared by all patches. */
const shared = (blocks: number) => (seed: number) => {
  const model = tf.sequential();
  model.add(tf.layers.reshape({targetShape: [4, 7, 4, 7], inputShape: [784]}));
  model.add(tf.layers.permute({dims: [1, 3, 2, 4]}));
  model.add(tf.layers.reshape({targetShape: [16, 49]}));
  for (let i = 0; i < blocks; i++) {
    const mixed = i % 2 === 0 ? {units: 64, axis: -1} : {units: 16, axis: 1};
    model.add(pw.layers.whtProjection({...mixed, seed: 100 * seed + i, expand: 'pad', randomBias: 0}));
    model.add(pw.layers.reluPair({sharedAxes: [1], seed: 100 * seed + 50 + i}));
  }
  model.add(tf.layers.flatten());
  model.add(pw.layers.whtProjection({units: 128, seed: 100 * seed + blocks, randomBias: 0}));
  model.add(readOut(seed));
  return model;
};

// %% [markdown]
// ## The reduced comparison, live
//
// Adam with a rate that falls to 0, the same for all networks of a family.

// %%
const {train, test} = await loadFashionMnist();
const rows = ({x, y}: Images, order: number[]) => {
  const images = new Float32Array(order.length * 784);
  order.forEach((row, i) => {
    images.set(x.subarray(row * 784, (row + 1) * 784), i * 784);
  });
  const labels = tf.tensor1d(
    Int32Array.from(order, (row) => y[row]),
    'int32',
  );
  return {x: tf.tensor2d(images, [order.length, 784]), y: tf.oneHot(labels, 10).toFloat()};
};
const held = rows(
  test,
  Array.from({length: COUNT}, (_, i) => i),
);

/** Test accuracy in percent after training from a seed, always on the same images, in an order of the seed. */
const trained = async (build: (seed: number) => tf.Sequential, seed: number, rate: number) => {
  const model = build(seed);
  const optimizer = tf.train.adam(rate);
  const schedule = pw.schedules.cosine({learningRate: rate});
  model.compile({
    optimizer: optimizer,
    loss: (labels: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits),
  });
  const steps = EPOCHS * Math.floor(COUNT / BATCH);
  const random = tf.randomUniform([EPOCHS, COUNT], 0, 1, 'float32', seed).arraySync() as number[][];
  for (let step = 0; step < steps; step++) {
    const [epoch, start] = [Math.floor((step * BATCH) / COUNT), (step * BATCH) % COUNT];
    const order = random[epoch].map((key, i) => [key, i]).sort((a, b) => a[0] - b[0]);
    const batch = rows(
      train,
      order.slice(start, start + BATCH).map((pair) => pair[1]),
    );
    schedule.set(optimizer, step, steps);
    await model.trainOnBatch(batch.x, batch.y);
    tf.dispose([batch.x, batch.y]);
  }
  const right = tf.tidy(
    () => (model.predict(held.x, {batchSize: 500}) as tf.Tensor).argMax(1).equal(held.y.argMax(1)).mean().dataSync()[0],
  );
  const parameters = model.countParams();
  model.dispose();
  optimizer.dispose();
  return {parameters: parameters, percent: 100 * right};
};

const networks = [
  ...[6, 12, 24].map((width) => ({
    name: `dense 784-${width}-10`,
    family: 'dense',
    per: 785,
    build: dense(width),
    rate: 0.004,
  })),
  ...[0, 0.5, 1, 2].map((per) => ({
    name: `4 layers, ${per} per breakpoint`,
    family: per === 2 ? 'two slopes' : 'fraction',
    per: per,
    build: wht(4, per),
    rate: 0.01,
  })),
  ...[1, 2].map((blocks) => ({
    name: `${blocks} layer${blocks > 1 ? 's' : ''}, 2 per breakpoint`,
    family: 'two slopes',
    per: 2,
    build: wht(blocks, 2),
    rate: 0.01,
  })),
  {
    name: '7 layers of 16 patches, 0.125 per breakpoint',
    family: 'shared slopes',
    per: 0.125,
    build: shared(7),
    rate: 0.01,
  },
];
const runs: {name: string; family: string; per: number; parameters: number; percent: number}[] = [];
for (const {name, family, per, build, rate} of networks) {
  for (const seed of SEEDS) runs.push({name: name, family: family, per: per, ...(await trained(build, seed, rate))});
}

/** Mean and standard deviation over the seeds. */
const summary = networks.map(({name, family, per}) => {
  const own = runs.filter((run) => run.name === name);
  const mean = own.reduce((sum, run) => sum + run.percent, 0) / own.length;
  const sd = Math.sqrt(own.reduce((sum, run) => sum + (run.percent - mean) ** 2, 0) / (own.length - 1));
  return {name: name, family: family, per: per, parameters: own[0].parameters, mean: mean, sd: sd};
});
const bySize = [...summary].sort((a, b) => a.parameters - b.parameters);
table(
  ['network', 'parameters', 'test accuracy, %, reduced training'],
  bySize.map(({name, parameters, mean, sd}) => [name, parameters, `${mean.toFixed(1)} ± ${sd.toFixed(1)}`]),
);

// %%
type Point = {name: string; family: string; parameters: number; mean: number; sd: number};
const accuracyChart = (points: Point[], title: string) =>
  showSvg(
    pw.plot.accuracy(
      points.map(({family, parameters, mean, sd}) => ({
        family: family,
        parameters: parameters,
        mean: mean / 100,
        sd: sd / 100,
      })),
      {title: title, yName: 'test accuracy', description: 'Mean and standard deviation over seeds.'},
    ),
  );
accuracyChart(summary, 'reduced: 2,000 training images, 6 epochs, 3 seeds');

// %% [markdown]
// ## The whole comparison, from the repository
//
// 60,000 images, 20 epochs, three seeds, as `npm start -- --dataset fashion-mnist` writes them. There, the fractions have a dense
// read-out of all 1,024 units (10,250 of their parameters), so that they show what a fraction buys at equal width.

// %%
interface Row {
  model: string;
  family: string;
  parameters: number;
  parametersPerBreakpoint: number;
  accuracy: {mean: number; sd: number};
}
const results = JSON.parse(readFileSync('../docs/fashion_mnist.json', 'utf8')) as {rows: Row[]};
const familyOf = (row: Row) => {
  if (row.family === 'dense') return 'dense';
  if (row.parametersPerBreakpoint < 0.5 && row.parametersPerBreakpoint > 0) return 'shared slopes';
  return row.model.includes(' to ') ? 'two slopes' : 'fraction';
};
const whole = results.rows.map((row) => ({
  name: row.model,
  family: familyOf(row),
  parameters: row.parameters,
  mean: 100 * row.accuracy.mean,
  sd: 100 * row.accuracy.sd,
}));
table(
  ['network', 'parameters', 'test accuracy, %'],
  [...whole]
    .sort((a, b) => a.parameters - b.parameters)
    .map((row) => [row.name, row.parameters, `${row.mean.toFixed(2)} ± ${row.sd.toFixed(2)}`]),
);
accuracyChart(whole, 'whole: 60,000 training images, 20 epochs, 3 seeds');

// %% [markdown]
// What it says:
//
// - **At equal width the claim holds**: 0, 0.5, 1 and 2 numbers per breakpoint are worth more and more.
// - **At equal parameters** two slopes on every unit need about half of what a plain dense network needs, from 5,000 to 30,000
//   parameters. Beyond that, dense wins, and one of low rank does from some 17,000 on (docs/guides/limits.md): for the best
//   accuracy at any size use wide dense layers.
// - **A fraction by leaving slopes out does not pay** at equal parameters: 5,386 parameters with two slopes everywhere beat
//   12,298 with half a number per breakpoint.
// - **A fraction by sharing slopes does pay**: one pair of slopes for the same channel of all 16 patches, an eighth of a number
//   per breakpoint, reaches with 4,234 parameters what two slopes for every unit reach with 5,386.
// - **All of these see a row of pixels and no neighbours.** Small convolutional networks need fewer parameters still.
//
// ## Networks that see neighbours
//
// The same data, and convolutions of a few numbers that slide over the image. What remains is to mix the channels at each
// position: by learned 1x1 convolutions, as usual, or by the transform and two slopes for each channel. These trainings are
// short, 10,000 images and 4 epochs; `npm run reproduce -- evidence` runs them, and docs/guides/when_to_use.md says what longer
// ones come to, and what bytes and time say.

// %%
interface ImageRun {
  family: string;
  budget: number;
  parameters: number;
  images: number;
  epochs: number;
  learningRate: number;
  seed: number;
  validation?: number;
  test?: number;
}
const recorded = JSON.parse(readFileSync('../docs/evidence.json', 'utf8')) as {images: ImageRun[]};
const short = recorded.images.filter((run) => run.images === 10_000 && run.epochs === 4 && run.test !== undefined);
const titles: {[family: string]: string} = {
  dense: 'dense',
  lowRank: 'low-rank dense',
  flat: 'transform over pixels',
  depthwise: 'depthwise CNN',
  mobile: 'MobileNet blocks',
  transform: 'transform over channels',
  mixture: 'learned early, transform late',
};
const budgets = [...new Set(short.filter((run) => run.family === 'mixture').map((run) => run.budget))].sort(
  (a, b) => a - b,
);
/** Mean and standard deviation over seeds, at the rate that was best on validation images. */
const imageCells = Object.keys(titles).flatMap((family) =>
  budgets.flatMap((budget) => {
    const own = short.filter((run) => run.family === family && run.budget === budget);
    const first = own.filter((run) => run.seed === 1).sort((a, b) => b.validation! - a.validation!);
    if (first.length === 0) return [];
    const tests = own.filter((run) => run.learningRate === first[0].learningRate).map((run) => run.test!);
    const mean = tests.reduce((sum, test) => sum + test, 0) / tests.length;
    const variance = tests.reduce((sum, test) => sum + (test - mean) ** 2, 0) / Math.max(1, tests.length - 1);
    const parameters = first[0].parameters;
    return [{family: family, budget: budget, parameters: parameters, mean: mean, sd: Math.sqrt(variance)}];
  }),
);
table(
  ['at most', ...Object.values(titles)],
  budgets.map((budget) => [
    budget,
    ...Object.keys(titles).map((family) => {
      const cell = imageCells.find((each) => each.family === family && each.budget === budget);
      return cell ? (100 * cell.mean).toFixed(1) : '';
    }),
  ]),
);
showSvg(
  pw.plot.accuracy(
    imageCells.filter((cell) => cell.mean > 0.7),
    {
      title: '10,000 training images, 4 epochs',
      yName: 'test accuracy',
      description: 'Orange: rivals; blue: ours. Without what is below 70 %.',
      familyNames: titles,
      rivals: ['dense', 'lowRank', 'depthwise', 'mobile'],
    },
  ),
);

// %% [markdown]
// ## What this notebook claims

// %%
const live = (name: string) => summary.find((row) => row.name === name)!;
const full = (word: string) => whole.find((row) => row.name.includes(word))!;
const fractions = [0, 0.5, 1, 2].map((per) => full(`1024x4: ${per} per`).mean);
const equalWidth = [0, 2].map((per) => live(`4 layers, ${per} per breakpoint`).mean);
claim('live, at equal width: two slopes beat plain ReLUs by more than a point', equalWidth[1] > equalWidth[0] + 1);
claim(
  'live, at equal parameters: 4 layers with 9,482 beat a dense 9,550',
  live('4 layers, 2 per breakpoint').mean > live('dense 784-12-10').mean,
);
claim(
  'whole, at equal width: 0 < 0.5 < 1 < 2 numbers per breakpoint',
  fractions.every((mean, i) => i === 0 || mean > fractions[i - 1]),
);
claim('whole: 9,482 parameters beat a dense 19,090', full('1024x4 to 128').mean > full('784-24-10').mean);
claim('whole: 4,234 parameters with shared slopes beat a dense 9,550', full('patches').mean > full('784-12-10').mean);
const neighbours = (family: string) => imageCells.find((cell) => cell.family === family && cell.budget === 8192)!.mean;
claim(
  'up to 8,192 parameters, the transform over channels beats everything that sees no neighbours',
  ['dense', 'lowRank', 'flat'].every((flat) => neighbours('transform') > neighbours(flat)),
);
claim(
  'whole: leaving slopes out does not pay at equal parameters',
  full('1024x2 to 128').mean > full('1024x4: 0.5').mean,
);
