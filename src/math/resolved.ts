import {density} from './normal';
import {gaussLegendre} from './quadrature';

const NODES = 20;
/** A panel is fine enough when the last two coefficients of its Legendre series are this share of its largest value. */
const PRECISION = 1e-11;
/** Where a function is steeper than this it jumps, as far as numbers tell. */
const LEAST_WIDTH = 2 ** -42;
/** Widest panel: with it sums over the points are exact for Hermite polynomials up to degree 2048. */
const WIDTH = 0.5;
const MOST_PANELS = 4096;
/** The least range, and the range from which on the density underflows. */
const [RANGE, LAST] = [12, 37];
/** What a panel at the end of the range may add to the second moments. */
const NEGLIGIBLE = 1e-15;

/** A function of a standard normal number, by points close enough to integrate it and its derivative. */
export interface Resolved {
  points: Float64Array;
  /** With these, sums over points are expectations. */
  weights: Float64Array;
  values: Float64Array;
  slopes: Float64Array;
  /** A place where the function jumps, or null. */
  jump: number | null;
}

/** Why a function cannot be averaged. */
export interface Unresolved {
  problem: string;
  at: number;
}

const {nodes, weights} = gaussLegendre(NODES);

/** Row k: value of the Legendre polynomial of degree k at the nodes. */
const LEGENDRE = Array.from({length: NODES}, (_, k) => Float64Array.from(nodes, (x) => legendre(k, x)));

function legendre(k: number, x: number): number {
  let [before, value] = [0, 1];
  for (let n = 1; n <= k; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return value;
}

/** Derivative of the polynomial through the values at the nodes, at the nodes: Berrut and Trefethen 2004, section 9.3. */
const DERIVATIVE = (() => {
  const products = nodes.map((x, i) => nodes.reduce((product, y, j) => (i === j ? product : product * (x - y)), 1));
  return Array.from(nodes, (x, i) => {
    const row = nodes.map((y, j) => (i === j ? 0 : products[i] / products[j] / (x - y)));
    row[i] = -row.reduce((sum, entry) => sum + entry, 0);
    return row;
  });
})();

interface Panel {
  left: number;
  right: number;
  values: Float64Array;
  /** Coefficients of the Legendre series. */
  coefficients: Float64Array;
}

function panel(f: (z: number) => number, left: number, right: number): Panel {
  const values = nodes.map((x) => f((left + right) / 2 + ((right - left) / 2) * x));
  const coefficients = Float64Array.from(LEGENDRE, (row, k) =>
    row.reduce((sum, p, i) => sum + (k + 0.5) * weights[i] * p * values[i], 0),
  );
  return {left, right, values, coefficients};
}

const largest = (values: Float64Array) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

/** Value of the series at an end of the panel. */
const atEnd = ({coefficients}: Panel, end: 1 | -1) => coefficients.reduceRight((sum, c) => c + end * sum, 0);

/** Halves panels until polynomials pass for the function; it may have kinks anywhere, and jumps at the cuts. */
export function resolve(f: (z: number) => number, cuts: readonly number[]): Resolved | Unresolved {
  try {
    return new Resolver(f, cuts).resolved();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
}

class Stop implements Unresolved {
  constructor(
    readonly problem: string,
    readonly at: number,
  ) {}
}

class Resolver {
  private panels: Panel[] = [];
  private readonly cuts: number[];
  /** Size of the function, by which rounding is told. */
  private readonly size: number;

  constructor(
    private readonly f: (z: number) => number,
    cuts: readonly number[],
  ) {
    this.cuts = cuts.filter((cut) => Math.abs(cut) < LAST);
    const coarse = this.edges(-RANGE, RANGE).map(([left, right]) => panel(f, left, right));
    const bad = coarse.find(({values}) => !values.every(Number.isFinite));
    if (bad) throw new Stop('f must be finite', bad.left);
    this.size = Math.sqrt(coarse.reduce((sum, own) => sum + momentOf(own), 0));
    const isZero = coarse.every(({values}) => values.every((value) => value === 0));
    if (!isZero && !(this.size > 1e-140 && this.size < 1e140)) {
      throw new Stop('the size of f must be from 1e-140 to 1e140, for squares are taken', 0);
    }
  }

  resolved(): Resolved {
    for (const [left, right] of this.edges(-RANGE, RANGE)) this.panels.push(...this.fine(left, right));
    for (const side of [-1, 1]) this.widen(side);
    this.panels.sort((a, b) => a.left - b.left);
    const jump = this.refineJumps();
    return {...sampled(this.panels), jump};
  }

  private edges(low: number, high: number): [number, number][] {
    const steps = Array.from({length: Math.round((high - low) / WIDTH) + 1}, (_, i) => low + i * WIDTH);
    const inside = this.cuts.filter((cut) => cut > low && cut < high);
    const edges = [...new Set([...steps, ...inside])].sort((a, b) => a - b);
    return edges.slice(1).map((right, i) => [edges[i], right]);
  }

  private isFine({values, coefficients}: Panel): boolean {
    return largest(coefficients.subarray(NODES - 2)) <= Math.max(PRECISION * largest(values), 1e-15 * this.size);
  }

  /** The panels between two places, from left to right. */
  private fine(left: number, right: number): Panel[] {
    const panels: Panel[] = [];
    const todo: [number, number][] = [[left, right]];
    while (todo.length > 0) {
      const [a, b] = todo.pop()!;
      const own = panel(this.f, a, b);
      if (!own.values.every(Number.isFinite)) throw new Stop('f must be finite', a);
      if (this.panels.length + panels.length + todo.length > MOST_PANELS) {
        throw new Stop(`f must be resolved by ${MOST_PANELS} pieces: it oscillates, or has noise`, a);
      }
      if (this.isFine(own)) {
        panels.push(own);
      } else if (b - a > LEAST_WIDTH) {
        todo.push([(a + b) / 2, b], [a, (a + b) / 2]);
      } else if (momentOf(own, true) <= 1e-10 * this.size ** 2 && this.isFlat(own)) {
        panels.push(own); // a kink
      } else {
        throw new Stop('f must be resolved: it jumps, or has a pole or noise', a);
      }
    }
    return panels;
  }

  private isFlat({values}: Panel): boolean {
    return largest(values.map((value) => value - values[0])) <= 1e-9 * this.size;
  }

  /** Goes on to one side until what lies there adds nothing. */
  private widen(side: number): void {
    let all = this.panels.reduce((sum, own) => sum + momentOf(own) + momentOf(own, true), 0);
    for (let end = RANGE; ; end++) {
      const [low, high] = side < 0 ? [-end, 1 - end] : [end - 1, end];
      const last = this.panels.filter(({left, right}) => left >= low && right <= high);
      const share = last.reduce((sum, own) => sum + momentOf(own) + momentOf(own, true), 0);
      if (share <= NEGLIGIBLE * all) return;
      if (end === LAST) throw new Stop('f and its derivative must have second moments', side * end);
      const more = this.edges(...((side < 0 ? [-end - 1, -end] : [end, end + 1]) as [number, number]));
      for (const [left, right] of more) this.panels.push(...this.fine(left, right));
      all += share;
    }
  }

  /** What jumps from one panel to the next may be a steep part that no point met: halves the panels there. */
  private refineJumps(): number | null {
    for (let k = 1; k < this.panels.length; k++) {
      const [before, after] = [this.panels[k - 1], this.panels[k]];
      const step = Math.abs(atEnd(before, 1) - atEnd(after, -1)) * Math.exp(-0.25 * after.left ** 2);
      if (step <= 1e-9 * this.size) continue;
      const widths = [before, after].map(({left, right}) => right - left);
      if (Math.max(...widths) <= LEAST_WIDTH) {
        if (this.cuts.includes(after.left)) return after.left;
        throw new Stop('f must be resolved: it jumps', after.left);
      }
      const halves = [before, after].flatMap(({left, right}) => {
        if (right - left <= LEAST_WIDTH) return this.fine(left, right);
        return [...this.fine(left, (left + right) / 2), ...this.fine((left + right) / 2, right)];
      });
      this.panels.splice(k - 1, 2, ...halves);
      k = Math.max(0, k - 2);
    }
    return null;
  }
}

/** The part of a panel in E f^2, or in E f'^2. */
function momentOf({left, right, values}: Panel, ofSlope = false): number {
  const half = (right - left) / 2;
  return values.reduce((sum, value, i) => {
    const z = (left + right) / 2 + half * nodes[i];
    // The density first: a square may overflow.
    const root = Math.sqrt((half * weights[i]) / Math.sqrt(2 * Math.PI)) * Math.exp(-0.25 * z * z);
    return sum + (root * (ofSlope ? slopeAt(values, i, half) : value)) ** 2;
  }, 0);
}

const slopeAt = (values: Float64Array, i: number, half: number) =>
  DERIVATIVE[i].reduce((sum, entry, j) => sum + entry * values[j], 0) / half;

function sampled(panels: Panel[]): Omit<Resolved, 'jump'> {
  const points = panels.flatMap(({left, right}) =>
    Array.from(nodes, (x) => (left + right) / 2 + ((right - left) / 2) * x),
  );
  const sizes = panels.flatMap(({left, right}) => Array.from(weights, (weight) => ((right - left) / 2) * weight));
  const slopes = panels.flatMap(({left, right, values}) =>
    Array.from(values, (_, i) => slopeAt(values, i, (right - left) / 2)),
  );
  return {
    points: Float64Array.from(points),
    weights: Float64Array.from(points, (z, i) => sizes[i] * density(z)),
    values: Float64Array.from(panels.flatMap(({values}) => [...values])),
    slopes: Float64Array.from(slopes),
  };
}
