import type {CostResult} from '../cost';
import {FAMILIES, type FamilyName} from '../images/networks';
import {WEIGHT_TYPES} from '../images/train';
import {type Cell, isLevel} from './image_cells';
import {integer, list, percent, table} from './markdown';

const NAMES = Object.keys(FAMILIES) as FamilyName[];
const budgetsOf = (cells: readonly Cell[]) => [...new Set(cells.map(({budget}) => budget))];
const at = (cells: readonly Cell[], budget: number) => cells.filter((cell) => cell.budget === budget);
const best = (cells: readonly Cell[]) => cells.reduce((a, b) => (b.mean > a.mean ? b : a));
const shown = ({mean, deviation}: Cell) =>
  deviation === null ? percent(mean, 1) : `${percent(mean, 1)} ± ${percent(deviation, 1)}`;

/** Rows of budgets, columns of families; bold is the best of a row, and what is level with it. */
export function accuracyTable(cells: readonly Cell[]): string {
  const rows = budgetsOf(cells).map((budget) => {
    const row = at(cells, budget);
    const top = best(row);
    return [
      integer(budget),
      ...NAMES.map((family) => {
        const cell = row.find((each) => each.family === family);
        if (!cell) return '';
        const text = `${shown(cell)} (${integer(cell.parameters)})`;
        return isLevel(cell, top) ? `**${text}**` : text;
      }),
    ];
  });
  return table(['budget', ...NAMES.map((family) => FAMILIES[family].title)], rows);
}

/** Who is ahead, in words: sentences. */
export function imageVerdicts(cells: readonly Cell[]): string[] {
  const budgets = budgetsOf(cells);
  const winners = budgets.map((budget) => {
    const {family, mean} = best(at(cells, budget));
    return `${integer(budget)}: ${FAMILIES[family].title} (${percent(mean, 1)} %)`;
  });
  const compare = (
    title: string,
    isOurs: (family: FamilyName) => boolean,
    isRival: (family: FamilyName) => boolean,
  ) => {
    const outcomes = budgets.flatMap((budget) => {
      const [ours, rivals] = [isOurs, isRival].map((is) => at(cells, budget).filter(({family}) => is(family)));
      if (ours.length === 0 || rivals.length === 0) return [];
      const [mine, other] = [best(ours), best(rivals)];
      const outcome = isLevel(mine, other) ? 'level' : mine.mean > other.mean ? 'ahead' : 'behind';
      return [{budget, outcome, difference: mine.mean - other.mean}];
    });
    const words = ['ahead', 'level', 'behind'].flatMap((wanted) => {
      const own = outcomes.filter(({outcome}) => outcome === wanted);
      const places = own.map(({budget, difference: d}) => `${integer(budget)} (${difference(d)})`);
      return own.length > 0 ? [`${wanted} at ${list(places)}`] : [];
    });
    const points = outcomes.map(({difference: d}) => Math.abs(d)).sort((a, b) => a - b);
    const [least, most] = [points[0], points[points.length - 1]].map((d) => percent(d, 1));
    if (words.length === 1 && !words[0].startsWith('level'))
      return `${title}: ${outcomes[0].outcome} at every budget, by ${least} to ${most} points.`;
    return `${title}, in points: ${words.join('; ')}.`;
  };
  const {transform, pairs, mixture} = {transform: 'transform', pairs: 'pairs', mixture: 'mixture'} as const;
  return [
    `The best of each budget: ${list(winners)}.`,
    compare(
      'The transform over channels against the depthwise CNN',
      (f) => f === transform,
      (f) => f === 'depthwise',
    ),
    compare(
      'The transform in the late blocks only against the depthwise CNN',
      (f) => f === mixture,
      (f) => f === 'depthwise',
    ),
    compare(
      'The same CNN with pairs in place of ReLUs against that with ReLUs',
      (f) => f === pairs,
      (f) => f === 'depthwise',
    ),
    compare(
      'The transform over pixels against the better of dense and low-rank dense',
      (f) => f === 'flat',
      (f) => f === 'dense' || f === 'lowRank',
    ),
    compare(
      'The best of ours over channels against all networks that take the pixels as one row',
      (f) => FAMILIES[f].ours && !FAMILIES[f].flat,
      (f) => FAMILIES[f].flat,
    ),
  ];
}

/** How many images, epochs, seeds and rates each number has. */
export function imageSetting(cells: readonly Cell[]): string {
  const [{images, epochs}] = cells[0].runs;
  const seeds = [...new Set(cells.map(({runs}) => runs.length))].sort((a, b) => a - b);
  const searched = cells.filter(({rates}) => rates.length > 1);
  const budgets = [...new Set(searched.map(({budget}) => budget))].sort((a, b) => a - b);
  return (
    `${integer(images)} training images, ${epochs} epochs, ${seeds.join(' to ')} ${seeds.join() === '1' ? 'seed' : 'seeds'} for each number, ` +
    `AdamW with a decay of 0.01, label smoothing of 0.1, a one-cycle rate; the last step counts. The highest rate of each family was ` +
    `chosen by 5,000 validation images, from two or three rates at a budget of ` +
    `${list(budgets.map(integer))}; other budgets take that of the nearest. The 10,000 test images chose nothing.`
  );
}

/** Bytes of a saved model: weights, and the layers as gzipped JSON. */
export function fileTable(cells: readonly Cell[]): string {
  const rows = cells.map(({family, parameters, runs: [{files}]}) => {
    const bytes = WEIGHT_TYPES.map((type) => integer(files[type].weightBytes + files[type].layerBytes));
    const lost = WEIGHT_TYPES.slice(1).map((type) => difference(files[type].test - files.float32.test));
    return [FAMILIES[family].title, integer(parameters), ...bytes, percent(files.float32.test, 1), ...lost];
  });
  const head = ['family', 'parameters', 'float32', 'float16', 'uint8', 'test %', 'float16', 'uint8'];
  return table(head, rows);
}

const difference = (value: number) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`;

export function costTable(costs: readonly CostResult[]): string {
  const budgets = [...new Set(costs.map(({budget}) => budget))].sort((a, b) => a - b);
  const rows = budgets.map((budget) => [
    integer(budget),
    ...NAMES.map((family) => {
      const cost = costs.find((each) => each.family === family && each.budget === budget);
      return cost ? cost.milliseconds.lower.toFixed(2) : '';
    }),
  ]);
  return table(['budget', ...NAMES.map((family) => FAMILIES[family].title)], rows);
}
