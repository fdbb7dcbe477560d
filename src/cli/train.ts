import {join} from 'node:path';
import {fileSystem} from '../node';
import {replaceFiles} from '../node/replace_files';
import {classText, introduction, scoreText} from './compare_text';
import {makeFolder} from './make_folder';
import {wrap} from './table';
import type {Terminal} from './terminal';
import {classesJson, classScores} from './training/class_scores';
import {contestantJson} from './training/comparison';
import {measureModels} from './training/measure_models';
import {networksOf, TITLES} from './training/networks';
import {baselineOf} from './training/problem';
import {resultOf, scoreOf} from './training/result';
import {searchAndTrain, searchSteps} from './training/search';
import {wholeModel} from './training/whole_model';
import {parseTrainOptions} from './training_options';
import {chooseBackend, circumstances, startSession} from './training_session';

export {TRAIN_HELP as HELP} from './training_options';

const WHO = 'train';

/** `tfjs-piecewise train`: one network on a table. */
export async function train(args: string[], terminal: Terminal): Promise<void> {
  const options = parseTrainOptions(args);
  const session = await startSession(options, WHO);
  const {problem, recipe} = session;
  const width = Math.max(60, Math.min(terminal.columns, 100));
  const networks = networksOf(options.network, options.size, problem.ends, WHO);
  await makeFolder(options.out, WHO, '--out');
  const backend = await chooseBackend(options.backend, networks.slice(0, 1), session, WHO);
  terminal.print(`${introduction(options.data, session, backend, width)}\n`);
  const progress = terminal.progress(searchSteps(networks.length, problem, recipe, options.seeds));
  progress.label(`${TITLES[options.network]}, ${options.size} parameters`);
  const runs = await searchAndTrain(networks, problem, recipe, {
    seeds: options.seeds,
    onStep: progress.step,
    who: WHO,
  }).finally(progress.stop);
  const result = resultOf(runs, problem);
  const model = wholeModel(result.best, problem);
  const [cost] = await measureModels([model]);
  const {task} = problem.table.target;
  const parameters = model.countParams();
  const baseline = scoreOf(baselineOf(problem), task);
  const report = {
    ...(await circumstances(WHO, options, session, backend)),
    measure: task === 'classification' ? 'accuracy' : 'rootMeanSquaredError',
    baseline,
    ...classesJson(result, problem),
    network: contestantJson({size: options.size, family: options.network, result, cost}),
  };
  await model.save(fileSystem(options.out));
  model.dispose();
  const path = join(options.out, 'report.json');
  await replaceFiles([{path, content: `${JSON.stringify(report, null, 2)}\n`}]);
  const [{network}] = runs;
  const lines = [
    `${TITLES[network.family]} ${network.name}, ${integer(network.parameters)} trainable parameters of ${integer(parameters)}: ${scoreText(result, baseline, task)}`,
    ...classText(classScores(result, problem)),
    `Written to ${options.out}: model.json, weights.bin, report.json.`,
    `npx tfjs-piecewise predict ${options.out} ROWS.csv predicts with it.`,
  ];
  terminal.print(`${lines.flatMap((line) => wrap(line, width, '  ')).join('\n')}\n`);
}

const integer = (value: number) => value.toLocaleString('en');
