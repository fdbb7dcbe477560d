import type {CostResult} from '../cost';
import {COMPARED, FAMILIES, type FamilyName} from '../images/networks';
import {WEIGHT_TYPES} from '../images/train';
import {type Cell, isClear, isLevel, type Setting} from './image_cells';
import {bullets, integer, list, percent, table} from './markdown';

const budgetsOf = (cells: readonly Cell[]) => [...new Set(cells.map(({budget}) => budget))];
const at = (cells: readonly Cell[], budget: number) => cells.filter((cell) => cell.budget === budget);
const best = (cells: readonly Cell[]) => cells.reduce((a, b) => (b.mean > a.mean ? b : a));
const shown = ({mean, deviation}: Cell) =>
  deviation === null ? percent(mean, 1) : `${percent(mean, 1)} ± ${percent(deviation, 1)}`;

/** Rows of budgets, columns of families; bold is the best of a row, and what is level with it. */
export function accuracyTable(cells: readonly Cell[]): string {
  const rows = budgetsOf(cells).map((budget) => {
    const row = at(cells, budget);
    return [
      integer(budget),
      ...COMPARED.map((family) => {
        const cell = row.find((each) => each.family === family);
        return cell ? cellText(cell, row) : '';
      }),
    ];
  });
  return table(['budget', ...COMPARED.map((family) => FAMILIES[family].title)], rows);
}

/** Rows of families, columns of budgets, for those that were not trained at all budgets. */
export function familyTable(cells: readonly Cell[]): string {
  if (cells.length === 0) return NONE;
  const budgets = budgetsOf(cells);
  const families = [...new Set(cells.map(({family}) => family))];
  const rows = families.map((family) => [
    FAMILIES[family].title,
    ...budgets.map((budget) => {
      const row = at(cells, budget);
      const cell = row.find((each) => each.family === family);
      return cell ? cellText(cell, row) : '';
    }),
  ]);
  return table(['family', ...budgets.map((budget) => `at most ${integer(budget)}`)], rows);
}

function cellText(cell: Cell, row: readonly Cell[]): string {
  const text = `${shown(cell)} (${integer(cell.parameters)})`;
  return isLevel(cell, best(row)) ? `**${text}**` : text;
}

const NONE = 'None is recorded yet.';

/** The longest trainings: how long, and what came of them. */
export function longerSetting(longest: Setting | null): string {
  if (!longest) return NONE;
  const {images, epochs, cells} = longest;
  const anew = cells.filter(({rates}) => rates.length > 1);
  const titles = [...new Set(anew.map(({family}) => FAMILIES[family].title))];
  const rates = [
    ...(anew.length > 0 ? [`the best of those tried on validation images for ${list(titles)}`] : []),
    ...(anew.length < cells.length ? [`that of the shorter trainings${anew.length > 0 ? ' for the others' : ''}`] : []),
  ];
  return (
    `${integer(images)} training images, ${epochs} epochs, ${seedsOf(cells)}, the recipe of above. The highest rate is ${rates.join(', and ')}.\n\n` +
    `${familyTable(cells)}\n\n${bullets(imageVerdicts(cells))}`
  );
}

/** A sentence that says at which budgets ours are ahead of rivals, or none where there are no such two. */
function comparison(
  cells: readonly Cell[],
  title: string,
  isOurs: (family: FamilyName) => boolean,
  isRival: (family: FamilyName) => boolean,
): string[] {
  const outcomes = budgetsOf(cells).flatMap((budget) => {
    const [ours, rivals] = [isOurs, isRival].map((is) => at(cells, budget).filter(({family}) => is(family)));
    if (ours.length === 0 || rivals.length === 0) return [];
    const [mine, other] = [best(ours), best(rivals)];
    const side = mine.mean > other.mean ? 'ahead' : 'behind';
    const outcome: Outcome = isLevel(mine, other) ? 'level' : isClear(mine, other) ? `clearly ${side}` : side;
    return [{budget, outcome, difference: mine.mean - other.mean}];
  });
  const words = OUTCOMES.flatMap((wanted) => {
    const own = outcomes.filter(({outcome}) => outcome === wanted);
    const places = own.map(({budget, difference: d}) => `${integer(budget)} (${difference(d)})`);
    return own.length > 0 ? [`${wanted} at ${list(places)}`] : [];
  });
  return words.length === 0 ? [] : [`${title}, in points: ${words.join('; ')}.`];
}

const OUTCOMES = ['clearly ahead', 'ahead', 'level', 'behind', 'clearly behind'] as const;
type Outcome = (typeof OUTCOMES)[number];

const is =
  (...names: FamilyName[]) =>
  (family: FamilyName) =>
    names.includes(family);

const CONVOLUTIONAL = 'the better convolutional network';
const isConvolutional = is('depthwise', 'mobile');

/** Who is ahead, in words: sentences. */
export function imageVerdicts(cells: readonly Cell[]): string[] {
  const winners = budgetsOf(cells).map((budget) => {
    const {family, mean} = best(at(cells, budget));
    return `${integer(budget)}: ${FAMILIES[family].title} (${percent(mean, 1)} %)`;
  });
  const overChannels = (f: FamilyName) => FAMILIES[f].ours && !FAMILIES[f].flat;
  return [
    `The best of each budget: ${list(winners)}.`,
    ...comparison(cells, `The transform over channels against ${CONVOLUTIONAL}`, is('transform'), isConvolutional),
    ...comparison(
      cells,
      `The transform in the late blocks only against ${CONVOLUTIONAL}`,
      is('mixture'),
      isConvolutional,
    ),
    ...comparison(
      cells,
      'The depthwise CNN with pairs in place of ReLUs against that with ReLUs',
      is('pairs'),
      is('depthwise'),
    ),
    ...comparison(
      cells,
      'The transform over pixels against the better of dense and low-rank dense',
      is('flat'),
      is('dense', 'lowRank'),
    ),
    ...comparison(
      cells,
      'The best of ours over channels against all networks that take the pixels as one row',
      overChannels,
      (f) => FAMILIES[f].flat,
    ),
  ];
}

/** What was tried besides, each beside that which it changes, and the best of it beside the best of all others. */
export function triedVerdict(cells: readonly Cell[]): string {
  const changes = [
    ['signs', 'transform'],
    ['blocks', 'transform'],
    ['fixedStem', 'transform'],
    ['turns', 'pairs'],
  ] as const;
  const one = changes.flatMap(([variant, changed]) =>
    comparison(cells, `_${FAMILIES[variant].title}_ against _${FAMILIES[changed].title}_`, is(variant), is(changed)),
  );
  const isCompared = is(...COMPARED);
  const all = comparison(
    cells,
    'The best of these against the best of the families above',
    (f) => !isCompared(f),
    isCompared,
  );
  return bullets([...one, ...all]) || NONE;
}

function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${most}` : `${least} to ${most}`;
}

function seedsOf(cells: readonly Cell[]): string {
  const counts = cells.map(({runs}) => runs.length);
  return `${range(counts)} ${Math.max(...counts) === 1 ? 'seed' : 'seeds'} for each number`;
}

/** Fewer were not a search: a rate may have been left for that of another budget. */
const SEARCHED = 3;

/** How many images, epochs, seeds and rates each number has. */
export function imageSetting(cells: readonly Cell[]): string {
  const [{images, epochs}] = cells[0].runs;
  const searched = cells.filter(({rates}) => rates.length >= SEARCHED);
  const places = budgetsOf(searched).map((budget) => {
    const [own, all] = [at(searched, budget), at(cells, budget)];
    const titles = own.map(({family}) => FAMILIES[family].title);
    return `${integer(budget)} parameters${own.length < all.length ? ` (${list(titles)})` : ''}`;
  });
  const tried = searched.map(({rates}) => rates.length);
  return (
    `${integer(images)} training images, ${epochs} epochs, ${seedsOf(cells)}, ` +
    `AdamW with a decay of 0.01, label smoothing of 0.1, a one-cycle rate; the last step counts. The highest rate of each family was ` +
    `chosen by 5,000 validation images, from ${range(tried)} rates at ${list(places)}, among them twice and half of the best; ` +
    `other budgets take that of one near them. The 10,000 test images chose nothing.`
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
    ...COMPARED.map((family) => {
      const cost = costs.find((each) => each.family === family && each.budget === budget);
      return cost ? cost.milliseconds.lower.toFixed(2) : '';
    }),
  ]);
  return table(['budget', ...COMPARED.map((family) => FAMILIES[family].title)], rows);
}
