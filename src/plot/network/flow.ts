/** Numbers that run through a piecewise-linear network: forwards, backwards, and along its links alone. */

import {pieceAt, slopeAt, valueAt} from '../../analysis/piecewise_linear/piecewise_function';
import type {Node, PiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import {type Max, outputsOf} from '../../analysis/piecewise_linear/steps';

/** Rows of value v of the network, one for each sample. */
export type Values = Map<number, Float64Array>;

/** How many numbers a value has. */
export const sizeOfValue = ({inputs, nodes}: PiecewiseLinear, value: number): number =>
  value === 0 ? inputs : outputsOf(nodes[value - 1].step);

/** What a node reads: values beside each other. */
export function readBy(network: PiecewiseLinear, {reads}: Node, values: Values, rows: number): Float64Array {
  if (reads.length === 1) return values.get(reads[0])!;
  const sizes = reads.map((read) => sizeOfValue(network, read));
  const width = sizes.reduce((sum, size) => sum + size, 0);
  const joined = new Float64Array(rows * width);
  let start = 0;
  for (const [i, read] of reads.entries()) {
    const part = values.get(read)!;
    for (let row = 0; row < rows; row++) {
      joined.set(part.subarray(row * sizes[i], (row + 1) * sizes[i]), row * width + start);
    }
    start += sizes[i];
  }
  return joined;
}

/** All values of some samples. */
export function forwards(network: PiecewiseLinear, samples: Float64Array, rows: number): Values {
  const values: Values = new Map([[0, samples]]);
  for (const node of network.nodes) {
    const x = readBy(network, node, values, rows);
    const {step} = node;
    if (step.kind === 'max') values.set(node.writes, largest(step, x, rows));
    else if (step.kind === 'elementwise') {
      const n = step.functions.length;
      values.set(
        node.writes,
        x.map((value, k) => valueAt(step.functions[k % n], value)),
      );
    } else {
      const {bias, outputs} = step;
      const y = step.linear(x, rows);
      values.set(node.writes, bias ? y.map((value, k) => value + bias[k % outputs]) : y);
    }
  }
  return values;
}

/** What the links alone carry from one value on: bends stop it, but those that `passes` lets through. */
export function alongLinks(
  network: PiecewiseLinear,
  from: number,
  start: Float64Array,
  rows: number,
  passes: (node: Node) => boolean,
): Values {
  const values: Values = new Map();
  const nothing = (value: number) => new Float64Array(rows * sizeOfValue(network, value));
  for (let value = 0; value <= network.nodes.length; value++) {
    if (value === from) values.set(value, start);
    else if (value < from || value === 0) values.set(value, nothing(value));
    else {
      const node = network.nodes[value - 1];
      const isReached = node.reads.some((read) => read >= from);
      const {step} = node;
      if (!isReached || (step.kind === 'elementwise' && !passes(node))) values.set(value, nothing(value));
      else {
        const x = readBy(network, node, values, rows);
        if (step.kind === 'elementwise') values.set(value, x);
        else values.set(value, step.kind === 'max' ? largest(step, x.map(Math.abs), rows) : step.linear(x, rows));
      }
    }
  }
  return values;
}

/** The derivatives of a sum of outputs, of given weights, by all values. */
export function backwards(network: PiecewiseLinear, values: Values, weights: Float64Array, rows: number): Values {
  const derivatives: Values = new Map();
  const add = (value: number, part: Float64Array) => {
    const before = derivatives.get(value);
    derivatives.set(value, before ? before.map((d, k) => d + part[k]) : part);
  };
  const n = weights.length;
  add(
    network.output,
    Float64Array.from({length: rows * n}, (_, k) => weights[k % n]),
  );
  for (const node of [...network.nodes].reverse()) {
    const after = derivatives.get(node.writes);
    if (!after) continue;
    const x = readBy(network, node, values, rows);
    const before = throughStep(node, x, after, rows);
    let start = 0;
    const width = before.length / rows;
    for (const read of node.reads) {
      const size = sizeOfValue(network, read);
      const part = new Float64Array(rows * size);
      for (let row = 0; row < rows; row++) {
        part.set(before.subarray(row * width + start, row * width + start + size), row * size);
      }
      add(read, part);
      start += size;
    }
  }
  return derivatives;
}

function throughStep({step}: Node, x: Float64Array, after: Float64Array, rows: number): Float64Array {
  if (step.kind === 'affine') return step.transposed(after, rows);
  if (step.kind === 'elementwise') {
    const n = step.functions.length;
    return after.map((d, k) => d * slopeAt(step.functions[k % n], pieceAt(step.functions[k % n], x[k])));
  }
  const before = new Float64Array(x.length);
  const {inputs, windows} = step;
  for (let row = 0; row < rows; row++) {
    for (const [k, window] of windows.entries()) {
      const winner = window.reduce((best, i) => (x[row * inputs + i] > x[row * inputs + best] ? i : best));
      before[row * inputs + winner] += after[row * windows.length + k];
    }
  }
  return before;
}

function largest({inputs, windows}: Max, x: Float64Array, rows: number): Float64Array {
  return Float64Array.from({length: rows * windows.length}, (_, k) => {
    const start = Math.floor(k / windows.length) * inputs;
    return windows[k % windows.length].reduce((most, i) => Math.max(most, x[start + i]), -Infinity);
  });
}
