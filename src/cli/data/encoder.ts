import {fail} from '../../errors';
import {categoryOf, isMissing, LARGEST, numberOf, quoted} from './cell';
import {type InputColumn, inputsOf} from './columns';
import {columnAt} from './header';

interface Part {
  readonly column: InputColumn;
  /** Place of its cells in a record. */
  readonly place: number;
  /** Its first input. */
  readonly first: number;
  /** Places of the categories among its inputs. */
  readonly categories: ReadonlyMap<string, number>;
}

/** Turns the cells of a record into the inputs of a model; finds its columns by their names. */
export class Encoder {
  readonly inputs: number;
  /** Cells with a category that the model does not know, by column. */
  readonly unknown = new Map<string, number>();
  private readonly parts: Part[];

  constructor(
    columns: readonly InputColumn[],
    names: readonly string[],
    private readonly who: string,
  ) {
    this.inputs = inputsOf(columns);
    let first = 0;
    this.parts = columns.map((column) => {
      const values = column.kind === 'category' ? column.values : [];
      const part = {
        column,
        place: columnAt(column.name, names, 'each input of the model', who),
        first,
        categories: new Map(values.map((value, i) => [value, i])),
      };
      first += inputsOf([column]);
      return part;
    });
  }

  /** Writes the inputs of a record from `offset` on, where zeros are. */
  encode(cells: readonly string[], line: number, inputs: Float32Array, offset: number): void {
    for (const {column, place, first, categories} of this.parts) {
      const cell = cells[place];
      if (column.kind === 'number') {
        inputs[offset + first] = isMissing(cell) ? column.mean : this.number(cell, column.name, line);
      } else if (!isMissing(cell)) {
        const category = categories.get(categoryOf(cell));
        if (category === undefined) this.unknown.set(column.name, (this.unknown.get(column.name) ?? 0) + 1);
        else inputs[offset + first + category] = 1;
      }
    }
  }

  private number(cell: string, name: string, line: number): number {
    const value = Math.fround(numberOf(cell));
    if (Number.isFinite(value)) return value;
    const isHuge = !Number.isNaN(value) || INFINITE.test(cell);
    const expected = isHuge ? `the number must be below ${LARGEST.toPrecision(3)}` : 'there must be a number';
    const fix = 'Correct the cell, or clear it: the mean then stands for it.';
    return fail(this.who, `column '${name}', line ${line}: ${expected}`, quoted(cell), fix);
  }
}

const INFINITE = /^[+-]?inf(inity)?$/i;
