import {combinations} from '../../math/combinations';
import {nullVector} from '../../math/null_vector';
import {type ExactNeuron, type ExactSupremum, exactValueAt} from './exact_neuron';

/**
 * The supremum of a neuron by the vertices of its arrangement and the directions of its lines, without rounding; null if the
 * hyperplanes meet in no vertex.
 */
export function supremumByVertices(neuron: ExactNeuron): ExactSupremum | null {
  const {rows, offsets, box} = neuron;
  const inputs = rows[0].length;
  let stable = true;
  if (!box && inputs > 0) {
    const steep = {...neuron, offsets: offsets.map(() => 0n), constant: 0n};
    for (const on of combinations(rows.length, inputs - 1)) {
      const line = nullVector(pick(rows, on), inputs);
      if (!line) continue;
      for (const direction of [line, line.map((number) => -number)]) {
        const slope = exactValueAt(steep, direction);
        if (slope > 0n) return {unbounded: true, numerator: 0n, denominator: 1n, points: [], direction, stable};
        if (slope === 0n && !isOff(neuron, direction, on.length)) stable = false;
      }
    }
  }
  // A vertex as a point and a number that it is to be divided by.
  const planes = rows.map((row, i) => [...row, offsets[i]]);
  for (const corner of box ? [box.low, box.high] : []) {
    for (let j = 0; j < inputs; j++) {
      planes.push(Array.from({length: inputs + 1}, (_, k) => (k === j ? 1n : k === inputs ? -corner[j] : 0n)));
    }
  }
  let best: {numerator: bigint; denominator: bigint; points: bigint[][]} | null = null;
  for (const on of combinations(planes.length, inputs)) {
    const vertex = nullVector(pick(planes, on), inputs + 1);
    if (!vertex || vertex[inputs] === 0n) continue;
    const signed = vertex[inputs] < 0n ? vertex.map((number) => -number) : vertex;
    const denominator = signed[inputs];
    const x = signed.slice(0, inputs);
    if (box && x.some((at, j) => at < box.low[j] * denominator || at > box.high[j] * denominator)) continue;
    const numerator = exactValueAt(neuron, x, denominator);
    if (!best || numerator * best.denominator > best.numerator * denominator)
      best = {numerator, denominator, points: [x]};
  }
  return best && {...best, unbounded: false, direction: null, stable};
}

/** Whether a neuron is flat along a direction because all its units are off there, and stay so when weights move. */
function isOff({rows, above, below}: ExactNeuron, direction: readonly bigint[], on: number): boolean {
  let parallel = 0;
  for (const [i, row] of rows.entries()) {
    if (above[i] === 0n && below[i] === 0n) return false;
    const slope = row.reduce((sum, a, j) => sum + a * direction[j], 0n);
    if (slope === 0n) parallel++;
    else if ((slope > 0n ? above[i] : below[i]) !== 0n) return false;
  }
  return parallel <= on;
}

const pick = <T>(all: readonly T[], chosen: readonly number[]): T[] => chosen.map((i) => all[i]);
