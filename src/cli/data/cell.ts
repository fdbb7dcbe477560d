/** What a cell of a table says. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a cell holds, or NaN. Words such as Infinity, and 0x10, are none. */
export const numberOf = (cell: string): number => (NUMBER.test(cell) ? Number(cell) : Number.NaN);

/** Cells that say nothing, in any mix of capitals. */
export const MISSING_WORDS = ['', 'na', 'n/a', 'nan', 'null', 'none', '?'];
const MISSING = new Set(MISSING_WORDS);

export const isMissing = (cell: string): boolean => cell.length <= 4 && MISSING.has(cell.toLowerCase());

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DATES = [
  /^\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ]\d{1,2}:\d{2}.*)?$/, // 2024-01-31, 2024-01, 2024-01-31T10:00:00Z
  /^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})([ ,]+\d{1,2}:\d{2}.*)?$/, // 31.12.2024, 12/31/24 10:00
  new RegExp(`^\\d{1,2}[- ](${MONTHS})[a-z]*\\.?[- ,]+\\d{2,4}$`, 'i'), // 31 Dec 2024
  new RegExp(`^(${MONTHS})[a-z]*\\.? \\d{1,2}(,? \\d{2,4})?$`, 'i'), // Dec 31, 2024
  /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, // 10:00
];

/** Whether a cell is a date or a time of day. */
export const isDate = (cell: string): boolean => DATES.some((form) => form.test(cell));

/** Whether a cell is a number for readers: 1,234 or 3,14. */
export const hasComma = (cell: string): boolean => /^[+-]?\d+(,\d+)+(\.\d+)?$/.test(cell);

/** What a decoder of UTF-8 writes for bytes that are none. */
export const isGarbled = (cell: string): boolean => cell.includes('\uFFFD');

/** The name of a category: the number 1 is the same however it is written. */
export function categoryOf(cell: string): string {
  const value = numberOf(cell);
  return Number.isNaN(value) ? cell : String(value);
}

/** The largest number of float32. */
export const LARGEST = (2 - 2 ** -23) * 2 ** 127;

const LONGEST = 40;

/** A cell in a message: in quotes, on one line, and not the whole of a long one. */
export function quoted(cell: string): string {
  const line = cell.replace(/\s+/g, ' ');
  return `'${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line}'`;
}
