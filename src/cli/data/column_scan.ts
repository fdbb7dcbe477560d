import {fail} from '../../errors';
import {hasComma, isDate, isGarbled, isMissing, LARGEST, numberOf, quoted} from './cell';

/** A column keeps so many different values; more are never wanted. */
const MAX_DIFFERENT = 200;

/** What the cells of a column are, seen one after another. */
export class ColumnScan {
  numbers = 0;
  missing = 0;
  texts = 0;
  dates = 0;
  /** Cells such as 1,234. */
  commas = 0;
  integers = true;
  /** Whether each number is 1 more than the one before. */
  counts = true;
  firstText: {cell: string; line: number} | null = null;
  /** Different values, numbers in their shortest form; complete unless `hasMany`. */
  readonly values = new Set<string>();
  private last = Number.NaN;

  constructor(
    readonly name: string,
    private readonly who: string,
  ) {}

  get hasMany(): boolean {
    return this.values.size > MAX_DIFFERENT;
  }

  add(cell: string, line: number): void {
    const value = numberOf(cell);
    if (!Number.isNaN(value)) this.addNumber(value, line);
    else if (isMissing(cell)) this.missing++;
    else this.addText(cell, line);
  }

  private addNumber(value: number, line: number): void {
    if (Math.abs(value) > LARGEST) {
      const expected = `column '${this.name}', line ${line}: numbers must be below ${LARGEST.toPrecision(3)}`;
      fail(this.who, expected, value, 'Correct it, or write the column in larger units.');
    }
    this.counts &&= this.numbers === 0 || value === this.last + 1;
    this.last = value;
    this.numbers++;
    this.integers &&= Number.isInteger(value);
    if (!this.hasMany) this.values.add(String(value));
  }

  private addText(cell: string, line: number): void {
    if (isGarbled(cell)) {
      const expected = `column '${this.name}', line ${line}: the text must be UTF-8`;
      fail(this.who, expected, quoted(cell), 'Save the file again as "CSV UTF-8".');
    }
    this.firstText ??= {cell, line};
    this.texts++;
    if (isDate(cell)) this.dates++;
    else if (hasComma(cell)) this.commas++;
    if (!this.hasMany) this.values.add(cell);
  }
}
