import {overOne, type Rational, rational} from './rational';

/** Neurons c + sum_i w_i relu(a_i x + b_i), one for each row of w; kernels as layers have them. */
export interface Neurons {
  /** [inputs][units] */
  a: number[][];
  b: number[];
  /** [units][neurons] */
  w: number[][];
  c: number[];
}

type Box = readonly [low: number, high: number];

/**
 * The suprema on all of space, or in a cube, by minors of integers: the value at each point where as many hyperplanes meet as
 * there are inputs, and the slope along each line where one fewer meet. 'none' if a slope is above 0.
 */
export function supremaInSpace(neurons: Neurons, box: Box | null): (Rational | 'none')[] {
  const planes = neurons.b.map((offset, i) => [...neurons.a.map((row) => row[i]), offset]);
  const {integers, scale} = overOne(planes.flat().map(rational));
  const width = neurons.a.length + 1;
  const all = planes.map((_, i) => integers.slice(i * width, (i + 1) * width));
  // Without a box, inputs that change nothing beside the others stay 0.
  const used = box ? neurons.a.map((_, j) => j) : independent(all, neurons.a.length);
  const rows = all.map((row) => [...used.map((j) => row[j]), row[width - 1]]);
  const n = used.length;
  const walls = (box ?? []).flatMap((end) => {
    const [top, bottom] = rational(end);
    return used.map((j) => [...used.map((k) => (k === j ? bottom : 0n)), -top]);
  });
  const isInside = (x: bigint[], d: bigint) =>
    box === null ||
    x.every((at) => {
      const [low, high] = box.map(rational);
      return at * low[1] >= low[0] * d && at * high[1] <= high[0] * d;
    });
  const points = subsets([...rows, ...walls], n)
    .map(crossing)
    .filter((point) => point[n] !== 0n)
    .map((point) => (point[n] < 0n ? point.map((x) => -x) : point))
    .filter((point) => isInside(point.slice(0, n), point[n]));
  const lines = box ? [] : subsets(rows.map((row) => row.slice(0, n)), n - 1).map(crossing); // biome-ignore format: rows
  const directions = lines.flatMap((line) => [line, line.map((x) => -x)]).map((line) => [...line, 0n]);

  return neurons.c.map((constant, k) => {
    const own = overOne([...neurons.w.map((row) => row[k]), constant].map(rational));
    const valueAt = (x: bigint[]) =>
      rows.reduce(
        (sum, row, i) => {
          const z = row.reduce((total, number, j) => total + number * x[j], 0n);
          return z > 0n ? sum + own.integers[i] * z : sum;
        },
        own.integers[rows.length] * scale * x[n],
      );
    if (directions.some((direction) => valueAt(direction) > 0n)) return 'none';
    const values = points.map((x): Rational => [valueAt(x), own.scale * scale * x[n]]);
    return values.reduce((best, value) => (value[0] * best[1] > best[0] * value[1] ? value : best));
  });
}

/** As many columns as there are independent ones. */
function independent(rows: bigint[][], inputs: number): number[] {
  for (let count = Math.min(inputs, rows.length); count > 0; count--) {
    for (const columns of subsets([...new Array(inputs).keys()], count)) {
      if (subsets(rows, count).some((some) => determinant(some.map((row) => columns.map((j) => row[j]))) !== 0n))
        return columns;
    }
  }
  return [];
}

/** What n - 1 rows of n numbers are all orthogonal to. */
const crossing = (rows: bigint[][]): bigint[] =>
  Array.from({length: rows.length + 1}, (_, j) => {
    const minor = determinant(rows.map((row) => row.filter((__, k) => k !== j)));
    return j % 2 === 0 ? minor : -minor;
  });

function determinant(rows: bigint[][]): bigint {
  if (rows.length === 0) return 1n;
  const [first, ...rest] = rows;
  return first.reduce((sum, number, j) => {
    if (number === 0n) return sum;
    const minor = number * determinant(rest.map((row) => row.filter((_, k) => k !== j)));
    return j % 2 === 0 ? sum + minor : sum - minor;
  }, 0n);
}

function subsets<T>(all: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return all.flatMap((first, i) => subsets(all.slice(i + 1), count - 1).map((rest) => [first, ...rest]));
}
