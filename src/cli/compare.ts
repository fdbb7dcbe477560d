import {basename, join} from 'node:path';
import {fileSystem} from '../node';
import {replaceFiles} from '../node/replace_files';
import {accuracy} from '../plot';
import {compareText, introduction} from './compare_text';
import {tableName} from './data/text_file';
import {makeFolder} from './make_folder';
import {wrap} from './table';
import type {Terminal} from './terminal';
import {classesJson} from './training/class_scores';
import {type Contestant, contestantJson, type Duel, duelsOf} from './training/comparison';
import type {KeptTrainings} from './training/kept';
import {measureModels} from './training/measure_models';
import {FAMILIES, type Family, type Network, networksOf, sizesFor, TITLES} from './training/networks';
import {baselineOf, type Problem} from './training/problem';
import {type Result, resultOf, scoreOf} from './training/result';
import {searchAndTrain, searchSteps} from './training/search';
import {isBetter} from './training/train_network';
import {wholeModel} from './training/whole_model';
import {type CompareOptions, parseCompareOptions} from './training_options';
import {chooseBackend, circumstances, type Session, startedAgain, startSession} from './training_session';
import {openUnfinished} from './unfinished';

export {COMPARE_HELP as HELP} from './training_options';

const WHO = 'compare';

/** `tfjs-piecewise compare`: networks of both families, of equal sizes, on a table. */
export async function compare(args: string[], terminal: Terminal): Promise<void> {
  const options = parseCompareOptions(args);
  const session = await startSession(options, WHO);
  const {problem} = session;
  const width = Math.max(60, Math.min(terminal.columns, 100));
  const entries = (options.sizes ?? sizesFor(problem.ends)).map((size) => ({size, ...networksFor(size, problem)}));
  const largest = entries[entries.length - 1];
  await makeFolder(options.out, WHO, '--out');
  const unfinished = await openUnfinished(options, session);
  const choose = () => chooseBackend(options.backend, [largest.wht[0], largest.dense[0]], session, WHO);
  const backend = unfinished.backend ? await startedAgain(unfinished.backend, WHO) : await choose();
  await unfinished.begin(backend);
  const notes = unfinished.notes.flatMap((note) => [...wrap(note, width, '  '), '']);
  terminal.print(`${introduction(options.data, session, backend, width)}\n${notes.join('\n')}`);
  const results = await trainAll(entries, session, options, unfinished, terminal);
  const contestants = await measured(results, problem);
  const duels = duelsOf(contestants);
  const baseline = scoreOf(baselineOf(problem), problem.table.target.task);
  const report = {
    ...(await circumstances(WHO, options, session, backend)),
    measure: problem.table.target.task === 'classification' ? 'accuracy' : 'rootMeanSquaredError',
    baseline,
    sizes: duels.map(({size, winner, contestants: both}) => ({
      size,
      winner,
      networks: both.map((each) => ({...contestantJson(each), ...classesJson(each.result, problem)})),
    })),
  };
  const paths = {report: join(options.out, 'report.json'), chart: join(options.out, 'compare.svg')};
  await saveBest(contestants, problem, options.out);
  await replaceFiles([
    {path: paths.report, content: `${JSON.stringify(report, null, 2)}\n`},
    {path: paths.chart, content: chart(duels, problem, options.data)},
  ]);
  unfinished.remove();
  const models = FAMILIES.map((family) => join(options.out, family)).join(', ');
  const files = `${paths.chart}, ${paths.report}, and the best model of each kind: ${models}.`;
  const next = `npx tfjs-piecewise predict ${join(options.out, FAMILIES[0])} ROWS.csv predicts with one of them.`;
  const written = [files, next].flatMap((line) => wrap(line, width, '  '));
  terminal.print(`${compareText(duels, problem, baseline, width)}\n${written.join('\n')}\n`);
}

/** The dense ones as large as the smaller Walsh-Hadamard one, so that a size that has none is refused before any training. */
function networksFor(size: number, {ends}: Problem) {
  const wht = networksOf('wht', size, ends, WHO);
  const least = Math.min(...wht.map(({parameters}) => parameters));
  return {wht, dense: networksOf('dense', least, ends, WHO)};
}

interface Entry {
  size: number;
  wht: Network[];
  dense: Network[];
}

type Tested = Omit<Contestant, 'cost'>;

async function trainAll(
  entries: readonly Entry[],
  {problem, recipe}: Session,
  {seeds}: CompareOptions,
  kept: KeptTrainings,
  terminal: Terminal,
): Promise<Tested[]> {
  const tested: Tested[] = [];
  const networks = entries.flatMap(({wht, dense}) => [wht.length, dense.length]);
  const steps = networks.reduce((sum, count) => sum + searchSteps(count, problem, recipe, seeds), 0);
  const progress = terminal.progress(steps);
  const train = async (size: number, family: Family, candidates: readonly Network[]) => {
    progress.label(`${TITLES[family]}, ${size} parameters`);
    const runs = await searchAndTrain(candidates, problem, recipe, {seeds, onStep: progress.step, who: WHO, kept});
    tested.push({size, family, result: resultOf(runs, problem)});
    return runs[0].network;
  };
  try {
    for (const {size, wht} of entries) {
      const {parameters} = await train(size, 'wht', wht);
      // Widths of transforms come in powers of two; dense ones can be as large as the network that was chosen.
      await train(size, 'dense', networksOf('dense', parameters, problem.ends, WHO));
    }
  } finally {
    progress.stop();
  }
  return tested;
}

async function measured(tested: readonly Tested[], problem: Problem): Promise<Contestant[]> {
  const models = tested.map(({result}) => wholeModel(result.best, problem));
  const costs = await measureModels(models);
  for (const model of models) model.dispose();
  return tested.map((contestant, i) => ({...contestant, cost: costs[i]}));
}

/** The model of each family that is best on the validation rows, of all sizes. */
async function saveBest(contestants: readonly Contestant[], problem: Problem, out: string): Promise<void> {
  const better = (a: Result, b: Result) => (isBetter(b.best.validation, a.best.validation) ? b : a);
  for (const family of FAMILIES) {
    const results = contestants.filter((contestant) => contestant.family === family).map(({result}) => result);
    const model = wholeModel(results.reduce(better).best, problem);
    await model.save(fileSystem(join(out, family)));
    model.dispose();
  }
}

function chart(duels: readonly Duel[], {table}: Problem, path: string): string {
  const {name, task} = table.target;
  const rows = duels.flatMap(({contestants}) =>
    contestants.map(({family, result: {runs, mean, deviation}}) => {
      const {parameters, name: label} = runs[0].network;
      return {family, parameters, mean, sd: deviation, label};
    }),
  );
  const [metric, yName] =
    task === 'classification' ? (['accuracy', 'accuracy'] as const) : (['error', 'root mean square error'] as const);
  return accuracy(rows, {
    metric,
    yName: `${yName} on the test rows`,
    title: `${basename(tableName(path))}: ${name}`,
    description: 'Equal rows, seeds, steps and rates to choose from. Whiskers: one standard deviation over seeds.',
    familyNames: TITLES,
  });
}
