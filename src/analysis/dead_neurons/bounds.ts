import {ascend, type Goals} from './ascent';
import type {Crop} from './crop';
import {type CropClass, cropClasses} from './crop_classes';
import {alive, type Decision, dead, unknown} from './decision';
import {boxOf, intervalBounds} from './interval_bounds';
import type {Domain} from './neuron';
import {type Orientation, orientedRange} from './orientation';
import {EPSILON} from './rounding';
import {cube, FARTHEST, type Source, sourcesOf} from './samples';
import type {TargetLayer} from './target_layer';
import {rowsAtOnce, tightBounds} from './tight_bounds';
import {Witnesses} from './witnesses';
import {Work} from './work';

export interface BoundsOptions {
  tolerance: number;
  maxMultiplyAdds: number;
}

const SAMPLES = 4096;
/** Parts of the work that each way to settle neurons may take. */
const SHARES = {samples: 0.2, tightening: 0.2, following: 0.2, ascents: 0.2, cropping: 0.2, glance: 0.02}; // they follow back twice

/** What is known of the neurons of a layer. */
interface Findings {
  /** A number that a neuron's value is at most. */
  most: Float64Array;
  /** The sizes of the terms of values. */
  size: Float64Array;
  /** The highest value that a neuron was seen to have. */
  best: Float64Array;
  /** A proved one. */
  witnessOf(index: number): Float64Array | null;
}

/** Neurons, as many as the orientation has kinks, and those of them that are asked about. */
interface Question {
  layer: TargetLayer;
  inputs: number;
  domain: Domain;
  orientation: Orientation;
  asked: Iterable<number>;
}

/** Decides what bounds and witnesses can, for any layer; the work for all neurons is done with the first. */
export function boundsDecider(
  layer: TargetLayer,
  inputs: number,
  domain: Domain,
  orientation: Orientation,
  {tolerance, maxMultiplyAdds}: BoundsOptions,
): (index: number) => Decision {
  let findings: Findings | null = null;
  const margin = (index: number, {size}: Findings) => tolerance * (size[index] + Math.abs(orientation.kinks[index]));
  return (index) => {
    findings ??= find({layer, inputs, domain, orientation, asked: orientation.kinks.keys()}, maxMultiplyAdds);
    const {most, best, witnessOf} = findings;
    if (most[index] < -margin(index, findings)) return dead(null, most[index]);
    const witness = witnessOf(index);
    if (witness) return alive(null, witness, most[index]);
    return unknown(best[index] > 0 ? 'marginal' : 'bounds', null, most[index]);
  };
}

/** First all at once; then units that see a part of the input alone, if there are any, by what they see. */
function find(question: Question, work: number): Findings {
  const {layer, inputs, domain, orientation} = question;
  const whole = domain === 'all' ? cube(inputs, Infinity) : boxOf(domain.low, domain.high);
  const ranges = intervalBounds(layer, whole).get(layer.reads)!;
  const most = orientation.kinks.map((_, index) => orientedRange(orientation, ranges, index).most);
  const witnesses = new Witnesses(layer, orientation);
  const asked = [...question.asked];
  const open = () => asked.filter((index) => !(most[index] < 0) && !witnesses.found[index]);
  const findings: Findings = {
    most,
    size: ranges.size,
    best: witnesses.best,
    witnessOf: (index) => witnesses.found[index] ?? null,
  };

  const sources = sourcesOf(domain, inputs);
  sample(layer, sources, witnesses, open, new Work(work * SHARES.glance));
  const cropping = new Work(work * SHARES.cropping);
  const classes = cropClasses(layer, inputs, domain, open(), cropping);
  if (classes.length > 0) return findInCrops(question, findings, classes, work);

  const sampling = new Work(work * SHARES.samples);
  sample(layer, sources, witnesses, open, sampling);
  for (const index of open()) if (sampling.left > 0) witnesses.prove(index, sampling);
  const box = domain === 'all' ? cube(inputs, FARTHEST) : whole;
  const goals: Goals = {layer, orientation, box, error: intervalBounds(layer, box).get(layer.reads)!.error};
  // What costs little first: most neurons are settled before the work that all of them share.
  const bound = (tightening: number) => {
    if (domain === 'all' || open().length === 0) return;
    followBack(
      goals,
      open(),
      most,
      witnesses,
      [tightening, SHARES.following].map((share) => new Work(work * share)),
    );
  };
  bound(0);
  const ascents = new Work(work * SHARES.ascents);
  for (const index of open()) ascend(goals, index, rowsOf([index], orientation), witnesses, ascents);
  bound(SHARES.tightening);
  return findings;
}

/** Looks at each class of crops once; the work is shared by those that are left. */
function findInCrops(
  {inputs, domain, orientation}: Question,
  whole: Findings,
  classes: CropClass[],
  work: number,
): Findings {
  const most = whole.most.slice();
  const best = whole.best.slice();
  const seen = new Map<number, {witness: Float64Array; crop: Crop}>();
  const many = [...classes].sort((a, b) => b.open.size * b.all.length - a.open.size * a.all.length);
  for (const {first, domain: own, all, open} of many) {
    const {kinks, sign} = orientation;
    const found = find(
      {
        layer: first.layer,
        inputs: first.inputs.length,
        domain: own,
        orientation: {kinks: Float64Array.from(first.units, (unit) => kinks[unit]), sign},
        asked: open,
      },
      work / classes.length,
    );
    for (const k of open) {
      const witness = found.witnessOf(k);
      for (const crop of all) {
        const unit = crop.units[k];
        most[unit] = Math.min(most[unit], found.most[k]);
        best[unit] = Math.max(best[unit], found.best[k]);
        if (witness) seen.set(unit, {witness, crop});
      }
    }
  }
  const middle =
    domain === 'all' ? new Float64Array(inputs) : domain.low.map((from, i) => from / 2 + domain.high[i] / 2);
  const witnessOf = (index: number) => {
    const local = seen.get(index);
    const known = whole.witnessOf(index);
    if (known || !local) return known;
    const x = middle.slice();
    for (const [i, input] of local.crop.inputs.entries()) x[input] = local.witness[i];
    return x;
  };
  return {...whole, most, best, witnessOf};
}

/** Tries samples on neurons that are open, some more of each source at a time. */
function sample(layer: TargetLayer, sources: Source[], witnesses: Witnesses, open: () => number[], work: Work): void {
  const errors = sources.map(({box}) => intervalBounds(layer, box).get(layer.reads)!.error);
  const count = Math.max(1, Math.floor(rowsAtOnce(layer.before, work) / sources.length));
  for (let first = 0; first * sources.length < SAMPLES; first += count) {
    for (const [i, source] of sources.entries()) {
      const neurons = open();
      if (neurons.length === 0 || (first > 0 && work.left <= 0)) return;
      witnesses.try({points: source.points(first, count), count, error: errors[i]}, neurons, work);
    }
  }
}

/** Bounds neurons by their linear functions followed back to the box, and tries the corners where the bounds are reached. */
function followBack(
  {layer, orientation, box, error}: Goals,
  open: number[],
  most: Float64Array,
  witnesses: Witnesses,
  [tightening, following]: Work[],
) {
  const {analysis, intervals} = tightBounds(layer, box, tightening);
  const ranges = intervals.get(layer.reads)!;
  for (const index of open) most[index] = Math.min(most[index], orientedRange(orientation, ranges, index).most);
  const count = rowsAtOnce(layer.before, following);
  for (let from = 0; from < open.length && following.left > 0; from += count) {
    const some = open.slice(from, from + count);
    const bounds = analysis.upperBounds(layer, rowsOf(some, orientation), some.length, following);
    for (const [k, index] of some.entries()) {
      const offset = -orientation.sign * orientation.kinks[index];
      most[index] = Math.min(most[index], addedUp(bounds.most[k], offset));
    }
    witnesses.try({points: bounds.corners, count: some.length, error}, some, following);
  }
}

/** A sum that is not less than the true one. */
const addedUp = (a: number, b: number) => a + b + EPSILON * (Math.abs(a) + Math.abs(b));

/** The values of neurons as linear functions of what their activation reads. */
function rowsOf(neurons: readonly number[], {kinks, sign}: Orientation): Float64Array {
  const rows = new Float64Array(neurons.length * kinks.length);
  for (const [k, index] of neurons.entries()) rows[k * kinks.length + index] = sign;
  return rows;
}
