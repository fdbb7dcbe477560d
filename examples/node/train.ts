/**
 * The main job: fits a curve by 8 weights and by a dense network, then trains Walsh-Hadamard networks beside dense ReLU networks
 * of equal size, and reports who is better at which size. See --help.
 */

import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {startBackend} from './backend';
import {checkpointOf, saveBest} from './best_model';
import {accuracyChart} from './chart';
import {CURVE_STEPS, fitCurve, reportCurve} from './curve';
import {type Dataset, loadDataset} from './datasets';
import {type Experiment, experimentsFor} from './experiments';
import {replaceFile} from './files';
import {HELP, type Options, parseOptions} from './options';
import {createProgress} from './progress';
import {type Row, rowOf, table} from './report';
import {type RunResult, trainRun} from './training';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const experiments = chosen(options);
  if (options.curve) await showCurve(options);
  const backend = await startBackend(options.backend);
  const dataset = await loadDataset(options.dataset, {data: options.data});
  const folder = join(options.out, options.dataset);
  mkdirSync(folder, {recursive: true});
  const sizes = `${dataset.train.count} training, ${dataset.validation?.count ?? 0} validation and ${dataset.test.count} test images`;
  console.log(
    `${options.dataset}: ${sizes}; backend ${backend}; ${options.seeds} seed${options.seeds > 1 ? 's' : ''}.`,
  );

  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort(new Error('interrupted')));
  const rows: Row[] = [];
  try {
    await trainAll(experiments, dataset, options, folder, abort.signal, rows);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    if (rows.length > 0) console.log(`\n${table(rows, dataset.test.count)}`);
    console.log(
      `\nInterrupted. The best checkpoints so far are in ${join(folder, 'checkpoints')}; --resume goes on from them.`,
    );
    process.exitCode = 130;
    return;
  }
  const report = {dataset: options.dataset, backend, seeds: options.seeds, date: new Date().toISOString(), rows};
  replaceFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  replaceFile(join(folder, 'accuracy.svg'), accuracyChart(rows, options.dataset));
  console.log(`\n${table(rows, dataset.test.count)}\n\nModels, report.json and accuracy.svg are in ${folder}.`);
  if (options.curve) console.log(NEXT);
}

const NEXT = `
Error bars: npm start -- --seeds 3. All of Fashion-MNIST: npm start -- --dataset fashion-mnist.
npm run setup brings TensorFlow: dense layers of 1,024 units train 25 to 40 times as fast on it (npm run bench); small models do not gain.`;

/** The same seconds on every machine: on the backend that is the fastest for layers this small. */
async function showCurve({out}: Options): Promise<void> {
  await startBackend('cpu');
  const progress = createProgress(2 * CURVE_STEPS, process.stderr, 'steps');
  const onStep = (done: number) => progress.update(done, {label: 'y = x^2'});
  reportCurve(await fitCurve(CURVE_STEPS, onStep).finally(progress.stop), out);
  console.log();
}

function chosen({dataset, epochs, models}: Options): Experiment[] {
  const all = experimentsFor(dataset, epochs);
  const some = all.filter(({architecture, onRequest}) =>
    models.length === 0 ? !onRequest : models.some((word) => architecture.name.includes(word)),
  );
  if (some.length > 0) return some;
  const names = all.map(({architecture}) => `  ${architecture.name}`).join('\n');
  throw new Error(`--models ${models.join(',')} fits none of the models of ${dataset}:\n${names}`);
}

/** Fills `rows` model by model, so that an interruption keeps what is done. */
async function trainAll(
  experiments: Experiment[],
  dataset: Dataset,
  {seeds, resume}: Options,
  folder: string,
  signal: AbortSignal,
  rows: Row[],
): Promise<void> {
  const epochs = experiments.reduce((sum, {recipe}) => sum + recipe.epochs * seeds, 0);
  const progress = createProgress(epochs);
  let done = 0;
  try {
    for (const experiment of experiments) {
      const {name} = experiment.architecture;
      const results: RunResult[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const checkpoint = checkpointOf(folder, name, seed);
        const onEpoch = (epoch: number) => progress.update(done + epoch, {label: `${name}, seed ${seed}`});
        results.push(await trainRun(experiment, dataset, seed, {checkpoint, resume, signal, onEpoch}));
        done += experiment.recipe.epochs;
      }
      rows.push(rowOf(experiment, results, await saveBest(folder, name, results, dataset)));
    }
  } finally {
    progress.stop();
  }
}

main().catch((error: Error) => {
  console.error(`train: ${error.message}`);
  process.exitCode = 1;
});
