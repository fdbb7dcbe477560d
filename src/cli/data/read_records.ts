import {pipeline} from 'node:stream/promises';
import {type CsvError, parse} from 'csv-parse';
import {fail} from '../../errors';
import {counted} from './counted';
import type {TextFile} from './text_file';

const DELIMITERS = [',', ';', '\t', '|'];
/** So much of a file tells its delimiter. */
const SAMPLE_BYTES = 2 ** 16;

const COMMON = {bom: true, trim: true, skip_empty_lines: true};

/** The delimiter by which the first lines have the most cells, the same number in each; or the first line alone, if none does. */
export async function detectDelimiter(file: TextFile, who: string): Promise<string> {
  const sample = await sampleOf(file).catch((error) => Promise.reject(explained(error, file, who)));
  const lines = await Promise.all(DELIMITERS.map((delimiter) => cellsPerLine(sample, delimiter)));
  const even = lines.map((counts) => (counts.every((count) => count === counts[0]) ? counts[0] : 0));
  const scores = Math.max(...even) > 1 ? even : lines.map(([first]) => first);
  return DELIMITERS[scores.indexOf(Math.max(...scores))];
}

async function sampleOf(file: TextFile): Promise<string> {
  const stream = file.open();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= SAMPLE_BYTES) break; // which ends the stream
  }
  const text = Buffer.concat(parts).subarray(0, SAMPLE_BYTES).toString('utf8');
  // The last line may be cut.
  return bytes < SAMPLE_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
}

/** The number of cells in each of the first 50 lines; [0] where quotes do not fit. */
function cellsPerLine(sample: string, delimiter: string): Promise<number[]> {
  const options = {...COMMON, delimiter, to: 50, relax_column_count: true};
  return new Promise((resolve) => {
    parse(sample, options, (error, lines: string[][] = []) => {
      resolve(error || lines.length === 0 ? [0] : lines.map(({length}) => length));
    });
  });
}

/**
 * Calls `onRecord` with the cells of each record and the number of its last line, from the header on. The whole file is never in
 * memory.
 *
 * @throws What `onRecord` throws; or if the file is no table.
 */
export async function readRecords(
  file: TextFile,
  delimiter: string,
  who: string,
  onRecord: (cells: readonly string[], line: number) => void,
): Promise<void> {
  let thrown: unknown;
  const parser = parse({
    ...COMMON,
    delimiter,
    // Called in place of making objects of a stream, which would take as long again.
    on_record: (cells: string[], {lines}) => {
      try {
        onRecord(cells, lines);
      } catch (error) {
        thrown = error;
        throw error;
      }
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(file.open(), parser);
  } catch (error) {
    throw thrown ?? explained(error as CsvError, file, who);
  }
}

function explained(error: CsvError, {path}: TextFile, who: string): unknown {
  const {code, message, lines} = error as CsvError & {lines?: number};
  const where = `${path}, line ${lines}`;
  try {
    switch (code) {
      case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': {
        const [, expected, received] = /expect (\d+), got (\d+)/.exec(message) ?? [];
        const fix = 'Put cells that hold the delimiter in quotes, or fill in what is missing.';
        return fail(
          who,
          `${where}: there must be ${counted(Number(expected), 'cell')}, as in the lines before`,
          received,
          fix,
        );
      }
      case 'CSV_QUOTE_NOT_CLOSED':
        return fail(who, `${path}: quotes must be closed`, 'an open one at the end of the file', 'Close it.');
      case 'INVALID_OPENING_QUOTE':
      case 'CSV_INVALID_CLOSING_QUOTE':
      case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE': {
        const fix = 'Put the whole cell in quotes, and write each quote in it twice.';
        return fail(who, `${where}: quotes must be around a whole cell`, 'one inside a cell', fix);
      }
      default:
        return fail(who, `${path} must be a table as text`, message, 'Check the file.');
    }
  } catch (failure) {
    return failure;
  }
}
