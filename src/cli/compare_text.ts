import {quoted} from './data/cell';
import {inputsOf, type Task} from './data/columns';
import {counted} from './data/counted';
import {tableName} from './data/text_file';
import {table as columnsOfText, wrap} from './table';
import {balancedAccuracy, type ClassScore, classScores, isUneven} from './training/class_scores';
import type {Contestant, Duel} from './training/comparison';
import {TITLES} from './training/networks';
import type {Problem} from './training/problem';
import type {Result} from './training/result';
import type {BackendChoice, Session} from './training_session';

/** What was read, and what it is trained on. */
export function introduction(path: string, {problem, notes}: Session, backend: BackendChoice, width: number): string {
  const {table, split, columns} = problem;
  const {name, task} = table.target;
  const what = table.target.task === 'classification' ? `one of ${table.target.labels.length} classes` : 'a number';
  const {train, validation, test} = split;
  const times = Object.entries(backend.msPerStep).map(([backendName, ms]) => `${backendName} ${short(ms)}`);
  const choice = times.length > 0 ? `, the fastest: ${times.join(', ')} ms a step` : '';
  return [
    `${tableName(path)}: ${integer(table.rows)} rows; '${name}' is ${what} (${task}), predicted from ${counted(inputsOf(columns.columns), 'input')}.`,
    ...notes,
    `${integer(train.length)} rows train, ${integer(validation.length)} validate, ${integer(test.length)} test. Backend ${backend.name}${choice}.`,
  ]
    .flatMap((line) => wrap(line, width, '  '))
    .concat('')
    .join('\n');
}

/** The results of a comparison as a table, the better one of each size marked. */
export function compareText(duels: readonly Duel[], problem: Problem, baseline: number, width: number): string {
  const {task, name} = problem.table.target;
  const show = task === 'classification' ? percent : short;
  const scoresOf = ({result}: Contestant) => classScores(result, problem);
  const ofFirst = scoresOf(duels[0].contestants[0]);
  const isBalancing = ofFirst !== null && isUneven(ofFirst) && knownOf(ofFirst).length > 1;
  const score = task === 'classification' ? 'accuracy %' : 'RMS error';
  const head = ['  network', 'parameters', score, ...(isBalancing ? ['balanced %'] : []), 'ms', 'bytes'];
  const rows = duels.flatMap(({contestants, winner}) =>
    contestants.map((contestant) => {
      const mark = winner === null ? '=' : winner === contestant.family ? '>' : ' ';
      const balanced = isBalancing ? [percent(balancedAccuracy(scoresOf(contestant)!))] : [];
      return cells(contestant, mark, show, balanced);
    }),
  );
  const [first, ...others] = columnsOfText([head, ...rows], width);
  const rule = '─'.repeat(first.length);
  const naive =
    task === 'classification'
      ? `The most frequent class alone: ${percent(baseline)} %.`
      : `The mean of '${name}' alone: ${short(baseline)}.`;
  return [
    first,
    rule,
    ...others.flatMap((line, i) => (i > 0 && i % 2 === 0 ? ['', line] : [line])),
    rule,
    ...wrap(
      '> the better network of its size; = no difference beyond twice its standard error. ± over seeds. ms: to predict one row. parameters: those that train.',
      width,
    ),
    naive,
    ...(isBalancing
      ? wrap(
          `balanced: the mean of the recalls, the shares found of each class, for classes are uneven; one class alone: ${percent(1 / knownOf(ofFirst).length)} %. report.json has each recall.`,
          width,
        )
      : []),
    '',
  ].join('\n');
}

/** A result beside what is reached without a network. */
export function scoreText({mean, deviation}: Result, baseline: number, task: Task): string {
  const isClassifier = task === 'classification';
  const show = isClassifier ? percent : short;
  const value = spread(mean, deviation, show);
  return isClassifier
    ? `accuracy ${value} % on the test rows; the most frequent class alone: ${show(baseline)} %.`
    : `root mean square error ${value} on the test rows; the mean alone: ${show(baseline)}.`;
}

/** So many classes are listed, those that are found least. */
const MOST_CLASSES = 12;

/** What accuracy hides where one class is most of the rows; nothing for other tables. */
export function classText(scores: readonly ClassScore[] | null): string[] {
  if (!scores || !isUneven(scores)) return [];
  const known = knownOf(scores);
  const worst = [...known].sort((a, b) => a.recall - b.recall).slice(0, MOST_CLASSES);
  const each = worst.map(({label, rows, recall}) => `${quoted(label)} ${percent(recall)} % of ${integer(rows)}`);
  const more = known.length > worst.length ? `, and ${known.length - worst.length} classes with more` : '';
  const over = known.length < scores.length ? `the ${known.length} classes with test rows` : 'classes';
  const balanced =
    known.length < 2
      ? 'Balanced accuracy: not known, for one class alone has test rows.'
      : `Balanced accuracy ${percent(balancedAccuracy(scores))} %, the mean over ${over}; one class alone: ${percent(1 / known.length)} %.`;
  return [balanced, `Found of each class (recall): ${each.join(', ')}${more}.`];
}

/** The classes that have test rows. */
const knownOf = (scores: readonly ClassScore[]) =>
  scores.flatMap(({label, rows, recall}) => (recall === null ? [] : [{label, rows, recall}]));

function cells(
  {family, result, cost}: Contestant,
  mark: string,
  show: (value: number) => string,
  balanced: readonly string[],
): string[] {
  const {runs, mean, deviation} = result;
  const {network} = runs[0];
  return [
    `${mark} ${TITLES[family]} ${network.name}`,
    integer(network.parameters),
    spread(mean, deviation, show),
    ...balanced,
    cost.milliseconds.toFixed(2),
    integer(cost.bytes),
  ];
}

const percent = (share: number) => (100 * share).toFixed(2);
const short = (value: number) => String(Number(value.toPrecision(4)));
const integer = (value: number) => value.toLocaleString('en');

/** The deviation with the decimals of the mean. */
function spread(mean: number, deviation: number | null, show: (value: number) => string): string {
  const text = show(mean);
  if (deviation === null) return text;
  const decimals = /\.(\d+)$/.exec(text)?.[1].length ?? 0;
  return `${text} ± ${show === percent ? percent(deviation) : deviation.toFixed(decimals)}`;
}
