import {fail} from '../../errors';
import {quoted} from './cell';
import type {ColumnScan} from './column_scan';
import {counted} from './counted';

/** A column of numbers: one input of the model, and what stands for a missing one. */
export interface NumberColumn {
  name: string;
  kind: 'number';
  /** Mean of the training rows; NaN before they are known. */
  mean: number;
}

/** A column of words: an input for each, 1 where the cell is that word, else 0; all 0 for missing and unknown ones. */
export interface CategoryColumn {
  name: string;
  kind: 'category';
  values: string[];
}

export type InputColumn = NumberColumn | CategoryColumn;

/** What is predicted. */
export type Target = {name: string; task: 'classification'; labels: string[]} | {name: string; task: 'regression'};
export type Task = Target['task'];

/** How a table becomes numbers: kept with each model as `table` of its metadata. */
export interface Columns {
  columns: InputColumn[];
  target: Target;
}

/** What the caller says of columns. */
export interface ColumnChoices {
  target: string;
  task?: Task;
  /** Columns to leave out. */
  drop: readonly string[];
  /** Columns of numbers that are names of categories. */
  categories: readonly string[];
}

const MAX_CATEGORIES = 50;
const MAX_CLASSES = 100;
/** So few different integers are names of classes, unless the caller says otherwise. */
const MAX_INTEGER_CLASSES = 20;

/** Inputs that a column has. */
export const widthOf = (column: InputColumn): number => (column.kind === 'number' ? 1 : column.values.length);

export const inputsOf = (columns: readonly InputColumn[]): number =>
  columns.reduce((sum, column) => sum + widthOf(column), 0);

/**
 * What each column is, by its cells, and lines about what is left out.
 *
 * @throws If a column is neither numbers nor categories, naming all such columns at once.
 */
export function columnsOf(
  scans: readonly ColumnScan[],
  choices: ColumnChoices,
  who: string,
): Columns & {notes: string[]} {
  const notes: string[] = [];
  const problems: string[] = [];
  const columns: InputColumn[] = [];
  for (const scan of scans) {
    if (scan.name === choices.target || choices.drop.includes(scan.name)) continue;
    const problem = scan.values.size <= 1 ? null : problemOf(scan, choices);
    if (problem) problems.push(`${problem} (column '${scan.name}')`);
    else if (scan.values.size === 0) notes.push(`Column '${scan.name}' is left out: all its cells are missing.`);
    else if (isConstant(scan)) notes.push(`Column '${scan.name}' is left out: it is always ${onlyValue(scan)}.`);
    else columns.push(columnOf(scan, choices));
    if (isThereOrNot(scan)) notes.push(thereOrNotText(scan));
    if (scan.counts && scan.numbers > 2)
      notes.push(`Column '${scan.name}' counts the rows: consider --drop ${scan.name}.`);
  }
  if (problems.length > 0) {
    const names = scans.filter(({name}) => problems.some((text) => text.endsWith(`(column '${name}')`)));
    const fix = `Write them as numbers, or leave them out: --drop ${names.map(({name}) => argument(name)).join(' --drop ')}.`;
    fail(who, 'columns must be numbers or categories', problems.join('; '), fix);
  }
  if (columns.length === 0) {
    const fix = 'Add columns that differ from row to row.';
    fail(who, 'there must be a column to predict from', `none beside '${choices.target}'`, fix);
  }
  return {columns, target: targetOf(scans.find(({name}) => name === choices.target)!, choices, who), notes};
}

const isConstant = ({values, missing}: ColumnScan) => values.size === 1 && missing === 0;
/** A column such as 'yes' and nothing: all that it says is whether it is there. */
const isThereOrNot = ({values, missing}: ColumnScan) => values.size === 1 && missing > 0;

function thereOrNotText(scan: ColumnScan): string {
  const {name, texts, numbers, missing} = scan;
  const rows = counted(missing + texts + numbers, 'row');
  return (
    `Column '${name}' is missing in ${missing.toLocaleString('en')} of ${rows}, and always ${onlyValue(scan)} in the others: ` +
    'its input is 1 where it is there, else 0.'
  );
}

function onlyValue({values: [value], texts}: ColumnScan): string {
  return texts > 0 ? quoted(value) : value;
}

const argument = (name: string) => (/^[\w.-]+$/.test(name) ? name : `'${name}'`);

const columnOf = (scan: ColumnScan, choices: ColumnChoices): InputColumn =>
  isCategory(scan, choices)
    ? {name: scan.name, kind: 'category', values: sorted(scan)}
    : {name: scan.name, kind: 'number', mean: Number.NaN};

const isCategory = (scan: ColumnScan, {categories}: ColumnChoices) =>
  scan.texts > 0 || categories.includes(scan.name) || isThereOrNot(scan);

/** Numbers in their order, words by their letters: the same on every machine. */
function sorted({values, texts}: ColumnScan): string[] {
  const all = [...values];
  return texts === 0 ? all.sort((a, b) => Number(a) - Number(b)) : all.sort();
}

/** Why a column can be no input, with what to do; null if it can. */
function problemOf(scan: ColumnScan, choices: ColumnChoices): string | null {
  const {texts, dates, commas, numbers, firstText, values} = scan;
  if (!isCategory(scan, choices)) return null;
  const example = firstText && `${quoted(firstText.cell)} in line ${firstText.line}`;
  if (dates > texts / 2) return `dates such as ${example}, which say more as days or months`;
  if (commas > texts / 2)
    return `numbers with commas such as ${example}, which must have a decimal point and no other mark`;
  if (numbers > 0 && texts > 0 && !choices.categories.includes(scan.name)) {
    return `${counted(numbers, 'number')} and ${counted(texts, 'word')}, the first ${example}, which --categories ${argument(scan.name)} takes for names`;
  }
  if (values.size > MAX_CATEGORIES)
    return `${different(scan)} categories${example ? ` such as ${example}` : ''}, where ${MAX_CATEGORIES} are the most`;
  return null;
}

const different = ({values, hasMany}: ColumnScan) => (hasMany ? `more than ${values.size - 1}` : values.size);

function targetOf(scan: ColumnScan, choices: ColumnChoices, who: string): Target {
  const {name, numbers, texts, integers, hasMany, values} = scan;
  const column = `the target '${name}'`;
  if (values.size === 0) fail(who, `${column} must have values`, 'none', 'Name another column as --target.');
  const seemsClasses = texts > 0 || (integers && !hasMany && values.size <= MAX_INTEGER_CLASSES);
  const task = choices.task ?? (seemsClasses ? 'classification' : 'regression');
  if (task === 'regression') {
    if (texts > 0) {
      const {cell, line} = scan.firstText!;
      const fix = 'Correct it, or pass --task classification.';
      fail(who, `${column} must be numbers for a regression`, `${quoted(cell)} in line ${line}`, fix);
    }
    if (values.size === 1)
      fail(who, `${column} must differ from row to row`, `only ${[...values][0]}`, 'Name another column as --target.');
    return {name, task};
  }
  if (values.size === 1)
    fail(who, `${column} must have two classes or more`, `only ${quoted([...values][0])}`, 'Add rows of others.');
  if (hasMany || values.size > MAX_CLASSES) {
    const fix =
      numbers > texts
        ? 'Pass --task regression to predict it as a number.'
        : 'Join rare classes, or name another column.';
    fail(who, `${column} must have at most ${MAX_CLASSES} classes`, different(scan), fix);
  }
  return {name, task, labels: sorted(scan)};
}
