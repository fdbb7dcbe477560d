import type {TableNetwork, TableResult} from '../tables';
import {integer, list, percent, table} from './markdown';

/** The result of each table from the most seeds. */
function latest(results: readonly TableResult[]): TableResult[] {
  const names = [...new Set(results.map((result) => result.table))];
  return names
    .map((name) => results.filter((result) => result.table === name).reduce((a, b) => (b.seeds > a.seeds ? b : a)))
    .sort((a, b) => a.inputs - b.inputs || a.rows - b.rows);
}

function shown({mean, standardDeviation}: TableNetwork, measure: TableResult['measure']): string {
  const show = (value: number) =>
    measure === 'accuracy' ? percent(value, 1) : Number(value.toPrecision(3)).toString();
  return standardDeviation === null ? show(mean) : `${show(mean)} ± ${show(standardDeviation)}`;
}

export function comparisonTable(results: readonly TableResult[]): string {
  const rows = latest(results).flatMap(({table: name, about, rows: count, inputs, measure, seeds, sizes}) =>
    sizes.map(({winner, networks}, i) => {
      const [ours, dense] = ['wht', 'dense'].map((family) => networks.find((each) => each.family === family)!);
      const cell = (network: TableNetwork) => {
        const text = shown(network, measure);
        return winner === network.family ? `**${text}**` : text;
      };
      const first = i === 0 ? [`${name}: ${about}`, integer(count), integer(inputs), String(seeds)] : ['', '', '', ''];
      return [...first, integer(ours.parameters), cell(ours), integer(dense.parameters), cell(dense)];
    }),
  );
  return table(['table', 'rows', 'inputs', 'seeds', 'ours: parameters', 'result', 'dense: parameters', 'result'], rows);
}

export function tableVerdict(results: readonly TableResult[]): string {
  const all = latest(results);
  const count = (some: readonly {winner: string | null}[]) => {
    const wins = some.filter(({winner}) => winner === 'wht').length;
    const losses = some.filter(({winner}) => winner === 'dense').length;
    return `${wins} won, ${some.length - wins - losses} level, ${losses} lost`;
  };
  const places = ['smallest', 'middle', 'largest'].map(
    (word, i) => `${count(all.map(({sizes}) => sizes[i]).filter(Boolean))} at the ${word} size`,
  );
  const few = all.filter(({inputs}) => inputs < 20);
  const many = all.filter(({inputs}) => inputs >= 20);
  return [
    `- In all: ${count(all.flatMap(({sizes}) => sizes))}, from the side of ours; ${list(places)}.`,
    ...(few.length > 0 ? [`- With fewer than 20 inputs: ${count(few.flatMap(({sizes}) => sizes))}.`] : []),
    ...(many.length > 0 ? [`- With 20 inputs or more: ${count(many.flatMap(({sizes}) => sizes))}.`] : []),
    `- Highest rates to choose from: ${rateChoices(all)}.`,
  ].join('\n');
}

/** Rates that were tried, and on which tables where these differ. */
function rateChoices(results: readonly TableResult[]): string {
  const rates = ({recipe}: TableResult) => list((recipe.rates as number[]).map(String));
  const choices = [...new Set(results.map(rates))];
  if (choices.length < 2) return choices.join('');
  return choices
    .map((choice) => `${choice} for ${list(results.filter((one) => rates(one) === choice).map((one) => one.table))}`)
    .join('; ');
}
