import type {Timing} from './compare';
import type {Shape} from './kernels';

/** A number by three digits, with a comma between thousands. */
function digits(value: number): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1))));
  return value.toLocaleString('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
}

/** A unit of time and its milliseconds. */
function unitOf(milliseconds: number): [string, number] {
  if (milliseconds < 1) return ['µs', 1e-3];
  return milliseconds < 1000 ? ['ms', 1] : ['s', 1000];
}

/** The median; after a single run, marked as that. */
export function time({median, turns}: Timing): string {
  const [unit, size] = unitOf(median);
  return `${turns === 1 ? '~' : ''}${digits(median / size)} ${unit}`;
}

/** The quartiles in the unit of the median. */
export function quartiles({median, quartiles: [low, high], turns}: Timing): string {
  const [, size] = unitOf(median);
  return turns === 1 ? '1 run' : `${digits(low / size)}-${digits(high / size)}`;
}

/** How many times as long `slow` takes as `fast`. */
export function ratio(slow: Timing | undefined, fast: Timing | undefined): string {
  if (!slow || !fast) return '';
  const value = slow.median / fast.median;
  if (value >= 1000) return `${Math.round(value / 100) / 10}k`;
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

/** What `more` costs above `less`, in percent of it. */
export function surcharge(more: Timing, less: Timing): string {
  const percent = Math.round(100 * (more.median / less.median - 1));
  return `${percent < 0 ? '' : '+'}${percent} %`;
}

export function shapeText([rows, n]: Shape): string {
  return `[${rows}, ${n > 4096 ? `2^${Math.log2(n)}` : n}]`;
}

/** Columns as wide as their longest cell: the first two to the left, numbers to the right. */
export function textTable(header: string[], rows: string[][]): string[] {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const align = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  return [header, ...rows].map((row) => row.map(align).join('  ').trimEnd());
}

export function markdownTable(header: string[], rows: string[][]): string[] {
  const rule = header.map((_, column) => (column < 2 ? '---' : '---:'));
  return [header, rule, ...rows].map((row) => `| ${row.join(' | ')} |`);
}
