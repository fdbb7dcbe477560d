import type {Arrangement} from './arrangement';
import {alive, type Decision, dead, unknown} from './decision';
import {isUsed, type Neuron} from './neuron';

/** An entry of the relation between units below this is rounding: those units do not depend on this one. */
const ZERO = 1e-9;

/** Values of the hidden units, and the value of the neuron there with the size of its terms. */
interface Peak {
  z: Float64Array;
  value: number;
  size: number;
}

/**
 * Decides by the weights alone, on the whole space; null where no formula applies.
 *
 * Independent units take every combination of values z. One unit more than inputs, and they take those of a hyperplane
 * v z = d.
 */
export function decideByClosedForm(neuron: Neuron, arrangement: Arrangement, tolerance: number): Decision | null {
  const {rank, relation, units} = arrangement;
  const at = (z: Float64Array) => arrangement.preimage(z);
  if (rank === units.rows.length) return onEveryValue(neuron, at);
  if (relation && rank === units.inputs) return onHyperplane(neuron, relation, tolerance, at);
  return null;
}

/** Negative iff every unit lowers it on either side of its kink, or is flat there, and the constant is negative. */
function onEveryValue(neuron: Neuron, at: (z: Float64Array) => Float64Array): Decision {
  const {above, below, constant} = neuron;
  const z = new Float64Array(above.length);
  for (let i = 0; i < z.length; i++) {
    const slope = above[i] > 0 ? above[i] : Math.min(below[i], 0);
    if (slope === 0) continue;
    z[i] = (2 * (Math.abs(constant) + Math.abs(slope))) / slope;
    return alive(Infinity, at(z));
  }
  if (constant > 0) return alive(constant, at(z));
  if (constant === 0 || !z.every((_, i) => isUsed(neuron, i))) return unknown('marginal', constant);
  return dead(constant);
}

function onHyperplane(
  {above, below, constant}: Neuron,
  relation: {v: Float64Array; d: number},
  tolerance: number,
  at: (z: Float64Array) => Float64Array,
): Decision | null {
  // Units that are flat above 0 are turned round, so that all are ReLUs of weight w.
  const signs = above.map((slope) => (slope === 0 ? -1 : 1));
  const w = above.map((slope, i) => (slope === 0 ? -below[i] : slope));
  const v = relation.v.map((number, i) => number * signs[i]);
  const isReLU = above.every((slope, i) => (slope === 0) !== (below[i] === 0));
  if (!isReLU || v.some((number) => Math.abs(number) < ZERO)) return null;
  const {d} = relation;
  const witness = (z: Float64Array) => at(z.map((number, i) => number * signs[i]));

  const climb = climbOf(w, v, d, constant, tolerance);
  if (climb === 'marginal') return unknown('marginal');
  if (climb) return alive(Infinity, witness(climb));
  const {z, value, size} = peakOf(w, v, d, constant);
  if (value > tolerance * size) return alive(value, witness(z));
  return value < -tolerance * size ? dead(value) : unknown('marginal', value);
}

/** Values of the units, on the hyperplane, far up a ray on which the neuron grows for ever; null if there is none. */
function climbOf(w: Float64Array, v: Float64Array, d: number, constant: number, tolerance: number) {
  const [k, other] = [...w.keys()].filter((i) => w[i] > 0);
  if (k === undefined) return null;
  const upTo = (height: number, partner: number) => {
    const z = new Float64Array(w.length);
    z[k] = height;
    z[partner] = (d - v[k] * height) / v[partner];
    return z;
  };
  const enough = (slope: number, loss: number) => (2 * (Math.abs(constant) + loss + slope)) / slope;
  if (other !== undefined) return upTo(enough(w[k], 0), other);
  let isFlat = false;
  for (let j = 0; j < w.length; j++) {
    if (j === k) continue;
    if (v[j] * v[k] > 0) return upTo(Math.max(enough(w[k], 0), (2 * d) / Math.abs(v[k])), j);
    const fall = (-w[j] * Math.abs(v[k])) / Math.abs(v[j]);
    const slope = w[k] - fall;
    if (slope > tolerance * fall) return upTo(enough(slope, (-w[j] * d) / Math.abs(v[j])), j);
    if (slope >= -tolerance * fall) isFlat = true;
  }
  return isFlat ? 'marginal' : null;
}

/** The highest of the corners, where all units but one are 0. */
function peakOf(w: Float64Array, v: Float64Array, d: number, constant: number): Peak {
  const corners = Array.from(w, (weight, i): Peak => {
    const z = new Float64Array(w.length);
    z[i] = d / v[i];
    const change = weight * Math.max(z[i], 0);
    return {z, value: constant + change, size: Math.abs(constant) + Math.abs(change)};
  });
  return corners.reduce((best, corner) => (corner.value > best.value ? corner : best));
}
