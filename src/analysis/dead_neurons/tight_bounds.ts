import type {Node} from '../piecewise_linear/read_model';
import type {Elementwise, Max} from '../piecewise_linear/steps';
import {BackwardAnalysis} from './backward_bounds';
import {type Intervals, intervalBounds} from './interval_bounds';
import type {Steps} from './target_layer';
import type {Work} from './work';

/** Bounds of all values before a layer on a box, where units bend followed back to the input, and what follows others back. */
export function tightBounds(steps: Steps, box: Intervals, work: Work) {
  const intervals = new Map<number, Intervals>();
  const analysis = new BackwardAnalysis(intervals);
  const bent = new Set<number>(); // values that depend on a step that is not linear
  const all = intervalBounds(steps, box, (node, at, values) => {
    for (const [value, bounds] of values) intervals.set(value, bounds);
    const [read] = node.reads;
    const isBent = node.step.kind !== 'affine';
    if (isBent && bent.has(read)) {
      const units = bendingUnits(node.step as Elementwise | Max, intervals.get(read)!);
      tighten({before: steps.before.slice(0, at), reads: read}, units, intervals.get(read)!, analysis, work);
    }
    if (isBent || node.reads.some((value) => bent.has(value))) bent.add(node.writes);
  });
  for (const [value, bounds] of all) intervals.set(value, bounds);
  return {intervals, analysis};
}

/** Units whose bounds matter: a step bends between them. */
function bendingUnits(step: Elementwise | Max, {low, high}: Intervals): number[] {
  if (step.kind === 'elementwise') {
    return [...step.functions.keys()].filter((i) => {
      const {kinks, period} = step.functions[i];
      return !period && kinks.some((kink) => low[i] < kink && kink < high[i]);
    });
  }
  const units = new Set<number>();
  for (const window of step.windows) {
    const most = window.reduce((best, i) => Math.max(best, low[i]), -Infinity);
    const rivals = window.filter((i) => high[i] > most);
    if (rivals.length > 1) for (const i of rivals) units.add(i);
  }
  return [...units];
}

/** Puts tighter bounds into the intervals of a value, for at most half of the work that is left. */
function tighten(steps: Steps, units: number[], {low, high}: Intervals, analysis: BackwardAnalysis, work: Work): void {
  const enough = work.left / 2;
  const rows = rowsAtOnce(steps.before, work);
  for (let from = 0; from < units.length && work.left > enough; from += rows / 2) {
    const some = units.slice(from, from + rows / 2);
    const functions = new Float64Array(2 * some.length * low.length);
    for (const [k, unit] of some.entries()) {
      functions[2 * k * low.length + unit] = 1;
      functions[(2 * k + 1) * low.length + unit] = -1;
    }
    const {most} = analysis.upperBounds(steps, functions, 2 * some.length, work);
    for (const [k, unit] of some.entries()) {
      high[unit] = Math.min(high[unit], most[2 * k]);
      low[unit] = Math.max(low[unit], -most[2 * k + 1]);
    }
  }
}

/** Rows that go through steps together: an even number, as many as 8 MB hold at the widest step and the work allows. */
export function rowsAtOnce(nodes: readonly Node[], work: Work): number {
  const widest = nodes.reduce((most, {step}) => {
    const outputs = step.kind === 'affine' ? step.outputs : step.kind === 'max' ? step.inputs : step.functions.length;
    return Math.max(most, outputs, step.kind === 'affine' ? step.inputs : 0);
  }, 1);
  const cost = nodes.reduce((sum, {step}) => sum + step.multiplyAdds, 1);
  return 2 * Math.max(1, Math.min(32, Math.floor(2 ** 19 / widest), Math.floor(work.left / cost / 2)));
}
