/** A pair of networks on the digits as a program of a few parts: as code for Node, and as a notebook. */

import {pixelScaling} from '../../node/datasets/dataset';
import {parseDigits, splitDigits} from '../../node/datasets/digits_table';
import {printModel, printNumbers} from '../networks/call';
import {type DigitsConfig, digitsPlans, pairOf, RECIPE} from '../networks/digits';
import {IMPORTS, type Part} from '../program';
import {digitsTable} from '../worker/data';
import {type Candidate, NETWORKS} from '../worker/messages';

/** The program of the network `chosen` and of the one that it competes with. */
export async function digitsProgram(
  {seed, epochs}: DigitsConfig,
  candidates: readonly Candidate[],
  chosen: number,
): Promise<Part[]> {
  const {table, address} = await digitsTable();
  const images = parseDigits(table);
  const {train, test} = splitDigits(images);
  const {mean, std} = pixelScaling(images, train);
  const plans = digitsPlans(seed);
  const networks = NETWORKS.map((name) => {
    const index = pairOf(chosen)[name];
    const {epoch} = candidates[index];
    const model = printModel(plans[index]).replace(/\n/g, '\n  ');
    return `  {name: '${name}', rate: ${plans[index].learningRate}, epochs: ${epoch || epochs}, model: ${model}},`;
  });
  const {weightDecay, labelSmoothing, batchSize} = RECIPE;
  return [
    {...IMPORTS, code: `${IMPORTS.code}\nimport {gunzipSync} from 'node:zlib';`},
    {
      title: 'The digits, from the page: in each row 64 pixels and the digit',
      code: `const response = await fetch('${new URL(address, location.href).href}');
const bytes = Buffer.from(await response.arrayBuffer());
const table = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1');
const digits = table.trim().split('\\n').map((line) => line.split(',').map(Number));`,
    },
    {
      title: 'The rows to train with, and those to test with',
      code: `const train = ${printNumbers([...train])};
const test = ${printNumbers([...test])};
const pixelsOf = (rows) => {
  const scaled = (pixel) => (pixel - ${mean}) / ${std};
  return tf.tensor2d(rows.map((row) => digits[row].slice(0, 64).map(scaled)));
};
const classesOf = (rows) => tf.tidy(() => tf.oneHot(rows.map((row) => digits[row][64]), 10).toFloat());`,
    },
    {title: 'The networks', code: `const networks = [\n${networks.join('\n')}\n];`},
    {
      title: 'Training in batches, at a rate that falls along a cosine',
      code: `const BATCH = ${batchSize};

// The order of a hash, which is the same everywhere.
function hash(value) {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
function shuffled(rows, seed) {
  const hashes = rows.map((row, i) => hash(i ^ hash(seed)));
  return rows.map((row, i) => i).sort((a, b) => hashes[a] - hashes[b]).map((i) => rows[i]);
}

async function training(model, rate, epochs) {
  const optimizer = pw.optimizers.adamW({
    learningRate: rate,
    weightDecay: ${weightDecay},
    epsilon: 1e-8,
    excludeFromWeightDecay: [],
  });
  const loss = (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, ${labelSmoothing});
  model.compile({optimizer, loss});
  const schedule = pw.schedules.cosine({learningRate: rate});
  const batches = Math.ceil(train.length / BATCH);
  for (let step = 0; step < epochs * batches; step++) {
    schedule.set(optimizer, step, ${epochs} * batches);
    const order = shuffled(train, ${seed * 1000 + 1} + Math.floor(step / batches));
    const start = (step % batches) * BATCH;
    const rows = order.slice(start, start + BATCH);
    const [x, y] = [pixelsOf(rows), classesOf(rows)];
    await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
}

for (const {model, rate, epochs} of networks) await training(model, rate, epochs);`,
    },
    {
      title: 'What came of it',
      code: `async function report({name, model}) {
  const guesses = await model.predict(pixelsOf(test)).argMax(1).data();
  const right = test.filter((row, i) => guesses[i] === digits[row][64]).length;
  const share = ((100 * right) / test.length).toFixed(1);
  console.log(\`\${name}: \${model.countParams()} weights, \${share} % of \${test.length} test digits\`);
}

for (const network of networks) await report(network);`,
    },
    {
      title: 'The pictures',
      notebook: true,
      code: `for (const {name, model} of networks) {
  display.html(await pw.plot.network(model, {width: 560, title: name, samples: pixelsOf(test.slice(0, 64))}));
}`,
    },
  ];
}
