import {counted} from '../data/counted';
import {tableName} from '../data/text_file';
import type {Rows} from '../rows';

/** How far an export is from its model on some rows. */
export interface Verdict {
  /** The largest difference of an output, and the largest output; NaN if only one of both is NaN somewhere. */
  readonly difference: number;
  readonly largest: number;
  /** Rows in which both have the same largest output; null for a single output. */
  readonly sameClass: number | null;
  /** Figures of the model and of the export: the share that is right, or the root mean squared error; null without answers. */
  readonly scores: readonly [model: number, exported: number] | null;
}

export function judge({count, y, target}: Rows, own: Float32Array, exported: Float32Array): Verdict {
  const outputs = own.length / count;
  let [difference, largest] = [0, 0];
  for (const [i, value] of own.entries()) {
    if (Number.isNaN(value) && Number.isNaN(exported[i])) continue;
    difference = Math.max(difference, Math.abs(value - exported[i]));
    largest = Math.max(largest, Math.abs(value));
  }
  const isClassifier = outputs > 1 && target?.task !== 'regression';
  const classes = [own, exported].map((values) => (isClassifier ? classesOf(values, outputs) : values));
  const same = classes[0].filter((value, row) => value === classes[1][row]).length;
  const answered = y ? Array.from(y.keys()).filter((row) => !Number.isNaN(y[row])) : [];
  const score = (values: ArrayLike<number>): number =>
    isClassifier
      ? meanOf(answered, (row) => Number(values[row] === y![row]))
      : Math.sqrt(meanOf(answered, (row) => (values[row] - y![row]) ** 2));
  return {
    difference,
    largest,
    sameClass: isClassifier ? same : null,
    scores: answered.length > 0 ? [score(classes[0]), score(classes[1])] : null,
  };
}

/** The place of the largest output of each row. */
function classesOf(values: Float32Array, outputs: number): Float32Array {
  return Float32Array.from({length: values.length / outputs}, (_, row) => {
    const own = values.subarray(row * outputs, (row + 1) * outputs);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
  });
}

const meanOf = (rows: readonly number[], value: (row: number) => number) =>
  rows.reduce((sum, row) => sum + value(row), 0) / rows.length;

/** The lines that say it. */
export function verdictText(rows: Rows, path: string, runtime: string, verdict: Verdict): string {
  const {difference, largest, sameClass, scores} = verdict;
  const lines = [
    `Checked by ${runtime} on the ${counted(rows.count, 'row')} of ${tableName(path)}:`,
    `  largest difference ${difference.toPrecision(2)}, of outputs up to ${Number(largest.toPrecision(3))}`,
  ];
  if (sameClass !== null) lines.push(`  the same class in ${counted(sameClass, 'row')}`);
  if (scores) {
    const isClass = sameClass !== null;
    const [own, exported] = scores.map((score) => (isClass ? `${(100 * score).toFixed(2)} %` : score.toPrecision(5)));
    lines.push(`  ${isClass ? 'right' : 'root mean squared error'}: the model ${own}, the export ${exported}`);
  }
  return `${lines.join('\n')}\n`;
}
