import type {ExactNeuron} from './exact_neuron';

/** A number of the form a M + b, where M is larger than any number: a is looked at first. */
type Lexicographic = readonly [infinite: bigint, finite: bigint];

/** A variable of the program: a multiplier of a unit, from 0 to 1, or what is left over of an input, of either sign. */
interface Variable {
  readonly unit: boolean;
  readonly index: number;
  /** Multiplier: measured from 1 downwards. Left over: below 0. */
  turned: boolean;
}

export interface Optimum {
  /** Whether there is no upper bound; else the bound is numerator / denominator. */
  readonly unbounded: boolean;
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Inputs at which it is reached, or, of all of space, far out along `direction`; both times the denominator. */
  readonly point: readonly bigint[];
  readonly direction: readonly bigint[];
}

/**
 * The supremum of a neuron whose upward units are on or off as told, without rounding.
 *
 * `K + G x - sum_i d_i relu(z_i)` with d > 0 is concave. By duality its supremum is the least
 * `K - sum_i l_i d_i b_i + max_x (G - sum_i l_i d_i a_i) x` for multipliers 0 <= l_i <= 1. All of space is a box of corners -M and M.
 * The simplex method on a tableau of whole numbers over one denominator (Edmonds 1967), by Bland's rule.
 */
export class ExactProgram {
  private readonly columns: Variable[] = [];
  private readonly basis: Variable[] = [];
  /** Rows of the basis, then two of the objective, M and finite; the last column is the right-hand side. */
  private readonly t: bigint[][] = [];
  private denominator = 1n;

  constructor(
    private readonly neuron: ExactNeuron,
    on: ReadonlySet<number>,
  ) {
    const {rows, offsets, above, below, constant} = neuron;
    const inputs = rows[0].length;
    const slopes = above.map((slope, i) => (on.has(i) ? slope : below[i]));
    const downwards = [...above.keys()].filter((i) => above[i] < below[i]);
    for (const index of downwards) this.columns.push({unit: true, index, turned: false});
    for (let j = 0; j < inputs; j++) {
      const row = downwards.map((i) => (below[i] - above[i]) * rows[i][j]);
      row.push(slopes.reduce((sum, slope, i) => sum + slope * rows[i][j], 0n));
      const turned = row.at(-1)! < 0n;
      this.basis.push({unit: false, index: j, turned});
      this.t.push(turned ? row.map((number) => -number) : row);
    }
    const fixed = slopes.reduce((sum, slope, i) => sum + slope * offsets[i], constant);
    const own = [...downwards.map((i) => (below[i] - above[i]) * offsets[i]), fixed];
    const objective = [0, 1].map((part) =>
      own.map((cost, k) =>
        this.basis.reduce(
          (sum, variable, j) => sum + this.costOf(variable)[part] * this.t[j][k],
          part === 1 ? cost : 0n,
        ),
      ),
    );
    this.t.push(...objective);
  }

  solve(): Optimum {
    for (;;) {
      const entering = this.entering();
      if (entering < 0) return this.optimum();
      this.enter(entering);
    }
  }

  /** What a left-over input costs: how far the box goes to that side. */
  private costOf({index, turned}: Variable): Lexicographic {
    const {box} = this.neuron;
    if (!box) return [1n, 0n];
    return [0n, turned ? -box.low[index] : box.high[index]];
  }

  /** The first column that lowers the objective; left-over inputs may also enter with the other sign. */
  private entering(): number {
    const order = [...this.columns.keys()].sort((a, b) => rank(this.columns[a]) - rank(this.columns[b]));
    const [infinite, finite] = this.t.slice(-2);
    const helps = (k: number) => infinite[k] > 0n || (infinite[k] === 0n && finite[k] > 0n);
    for (const k of order) {
      if (helps(k)) return k;
      if (this.columns[k].unit) continue;
      this.turnLeftOver(k);
      if (helps(k)) return k;
      this.turnLeftOver(k);
    }
    return -1;
  }

  private turnLeftOver(k: number): void {
    const variable = this.columns[k];
    const [here, there] = [this.costOf(variable), this.costOf({...variable, turned: !variable.turned})];
    variable.turned = !variable.turned;
    for (const row of this.t) row[k] = -row[k];
    // The reduced costs of the two signs add up to both costs.
    for (const part of [0, 1]) this.t[this.basis.length + part][k] -= (here[part] + there[part]) * this.denominator;
  }

  private enter(k: number): void {
    const d = this.denominator;
    let [at, top, bottom] = [-1, d, d]; // a multiplier goes up to 1 = d / d
    const bounded = this.columns[k].unit;
    let open = !bounded;
    for (const [i, variable] of this.basis.entries()) {
      const [row, slope] = [this.t[i], this.t[i][k]];
      const right = row[row.length - 1];
      if (slope === 0n || (slope < 0n && !variable.unit)) continue;
      const [n, m] = slope > 0n ? [right, slope] : [d - right, -slope];
      const difference = n * bottom - top * m;
      const first = difference === 0n && at >= 0 && rank(variable) < rank(this.basis[at]);
      if (open || difference < 0n || first) [at, top, bottom, open] = [i, n, m, false];
    }
    if (at < 0) this.turnMultiplier(k);
    else this.pivot(at, k);
  }

  private turnMultiplier(k: number): void {
    const variable = this.columns[k];
    variable.turned = !variable.turned;
    for (const row of this.t) {
      row[row.length - 1] -= row[k];
      row[k] = -row[k];
    }
  }

  private pivot(at: number, k: number): void {
    const d = this.denominator;
    const leaving = this.basis[at];
    const pivotRow = this.t[at];
    if (pivotRow[k] < 0n) {
      // It leaves at 1: measured from there it leaves at 0.
      leaving.turned = !leaving.turned;
      for (let j = 0; j < pivotRow.length; j++) pivotRow[j] = -pivotRow[j];
      pivotRow[pivotRow.length - 1] += d;
    }
    const pivot = pivotRow[k];
    for (const row of this.t) {
      if (row === pivotRow) continue;
      const factor = row[k];
      for (let j = 0; j < row.length; j++) row[j] = (row[j] * pivot - factor * pivotRow[j]) / d;
      row[k] = -factor;
    }
    pivotRow[k] = d;
    this.denominator = pivot;
    this.basis[at] = this.columns[k];
    this.columns[k] = leaving;
  }

  private optimum(): Optimum {
    const d = this.denominator;
    const [infinite, finite] = this.t.slice(-2);
    const point = this.neuron.rows[0].map(() => 0n);
    const direction = [...point];
    // The prices of the inputs are where the supremum is.
    const put = (variable: Variable, reduced: Lexicographic) => {
      const cost = this.costOf(variable);
      const side = variable.turned ? -1n : 1n;
      direction[variable.index] = side * (cost[0] * d + reduced[0]);
      point[variable.index] = side * (cost[1] * d + reduced[1]);
    };
    for (const variable of this.basis) if (!variable.unit) put(variable, [0n, 0n]);
    for (const [k, variable] of this.columns.entries()) if (!variable.unit) put(variable, [infinite[k], finite[k]]);
    const last = infinite.length - 1;
    return {unbounded: infinite[last] > 0n, numerator: finite[last], denominator: d, point, direction};
  }
}

/** A fixed order of all variables. */
const rank = ({unit, index}: Variable): number => 2 * index + Number(unit);
