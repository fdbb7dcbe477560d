import {fail, meant} from '../../errors';
import {isGarbled, numberOf} from './cell';

/** The names of columns without a header. */
export const numbered = (count: number): string[] => Array.from({length: count}, (_, i) => `c${i + 1}`);

/**
 * The names in the first line of a table.
 *
 * @throws If one is missing or there twice, or if they are numbers, which a header has not.
 */
export function headerOf(cells: readonly string[], path: string, who: string): string[] {
  const header = `the header of ${path}`;
  const unnamed = cells.indexOf('');
  if (unnamed >= 0) {
    fail(
      who,
      `${header} must name every column`,
      `no name for column ${unnamed + 1}`,
      'Name it, or remove the column.',
    );
  }
  const twice = cells.find((name, i) => cells.indexOf(name) < i);
  if (twice !== undefined) {
    fail(who, `${header} must name each column differently`, `'${twice}' twice`, 'Rename one of them.');
  }
  if (cells.some(isGarbled)) fail(who, `${header} must be UTF-8`, cells, 'Save the file again as "CSV UTF-8".');
  if (cells.every((cell) => !Number.isNaN(numberOf(cell)))) {
    const fix = 'If the table has no header, pass --no-header: the columns are then c1, c2 and so on.';
    fail(who, `${header} must be names`, `the numbers ${cells.slice(0, 3)}${cells.length > 3 ? ', ...' : ''}`, fix);
  }
  return [...cells];
}

/** The place of a column that an option names. */
export function columnAt(name: string, names: readonly string[], option: string, who: string): number {
  const place = names.indexOf(name);
  if (place >= 0) return place;
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ', ...' : '');
  const near = meant(name, names);
  return fail(who, `${option} must be a column`, `'${name}'`, near ?? `The columns are ${shown}.`);
}
