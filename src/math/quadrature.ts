import {density} from './normal';

/** Half of the range of integrals over the normal distribution: what lies beyond 12 is below 1e-32. */
const RANGE = 12;

/** Nodes and weights of Gauss-Legendre quadrature on [-1, 1], by Newton's method on the Legendre polynomial. */
export function gaussLegendre(n: number): {nodes: Float64Array; weights: Float64Array} {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 20; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
      if (Math.abs(value / slope) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return {nodes, weights};
}

/** Points and weights with which sums over f(point) become expectations of f(z) for a standard normal z. */
export interface NormalRule {
  points: Float64Array;
  weights: Float64Array;
}

/** A rule that is exact to rounding for functions that are smooth between the cuts; fewer nodes do for smoother ones. */
export function normalRule(cuts: readonly number[] = [], nodesPerUnit = 20): NormalRule {
  const inside = cuts.filter((cut) => Math.abs(cut) < RANGE);
  const edges = [...Array.from({length: 2 * RANGE + 1}, (_, i) => i - RANGE), ...inside];
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  const {nodes, weights} = gaussLegendre(nodesPerUnit);
  const panels = sorted.slice(1).map((right, i) => ({middle: (sorted[i] + right) / 2, half: (right - sorted[i]) / 2}));
  const points = Float64Array.from(panels.flatMap(({middle, half}) => Array.from(nodes, (x) => middle + half * x)));
  const sizes = panels.flatMap(({half}) => Array.from(weights, (weight) => half * weight));
  return {points, weights: Float64Array.from(points, (x, i) => sizes[i] * density(x))};
}

/** E f(z) for a standard normal z. */
export function expectation(f: (z: number) => number, {points, weights}: NormalRule): number {
  let sum = 0;
  for (let i = 0; i < points.length; i++) sum += weights[i] * f(points[i]);
  return sum;
}
