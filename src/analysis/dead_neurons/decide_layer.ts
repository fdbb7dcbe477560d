import {boundsDecider} from './bounds';
import {type Decision, type Method, type Reason, unknown, type Verdict} from './decision';
import {ExactMethods, type ExactOptions} from './exact_methods';
import type {Domain, Neuron} from './neuron';
import type {Orientation} from './orientation';
import {kinksOf, neuronsOf, type Side, type TargetLayer} from './target_layer';

export interface DecideOptions extends ExactOptions {
  side: Side;
  maxWitnessNumbers: number;
}

/** What is known of one neuron. */
export interface NeuronReport {
  /** Its place in the layer, from 0. */
  index: number;
  /** 'dead': no input activates it; 'alive': `witness` does; 'unknown': `reason` says why. */
  verdict: Verdict;
  /** The least upper bound of the value, less the kink; 'none' if there is none; null if it was not worked out. */
  supremum: number | 'none' | null;
  /** A number that the value, less the kink, is nowhere above, rounding included; 'none' if none is known. */
  upperBound: number | 'none';
  /** Why a verdict is unknown; else null. */
  reason: Reason | null;
  /** An input, flat, at which a neuron that is alive is above its kink; neurons may share it. Null also beyond `maxWitnessNumbers`. */
  witness: number[] | null;
  /** What settled it, or was tried last. */
  method: Method;
}

/** Decides the neurons of a layer, each by the first method that settles it. */
export async function decideLayer(layer: TargetLayer, inputs: number, domain: Domain, options: DecideOptions) {
  const {method, side, maxWitnessNumbers} = options;
  const orientation: Orientation = {kinks: kinksOf(layer, side), sign: side === 'below' ? 1 : -1};
  const byBounds = boundsDecider(layer, inputs, domain, orientation, options);
  const own =
    method === 'bounds' ? null : neuronsOf(layer, inputs)?.map((neuron, i) => oriented(neuron, orientation, i));
  const exact = own ? new ExactMethods(own, domain, options) : null;
  const decide = (by: Method, index: number) => (by === 'bounds' ? byBounds(index) : (exact?.[by](index) ?? null));
  const listed = sharedLists(maxWitnessNumbers);

  const neurons: NeuronReport[] = [];
  for (let index = 0; index < orientation.kinks.length; index++) {
    let decision = unknown('method');
    let by: Method = method === 'auto' ? 'bounds' : method;
    let upperBound = Infinity;
    for (const next of method === 'auto' ? methodsFor(index, exact) : [method]) {
      const found = await decide(next, index);
      if (!found) continue;
      [decision, by] = [found, next];
      upperBound = Math.min(upperBound, found.upperBound);
      if (isSettled(found)) break;
    }
    const {verdict, reason, supremum, witness} = decision;
    neurons.push({
      index,
      verdict,
      reason,
      supremum: supremum === Infinity ? 'none' : supremum,
      upperBound: upperBound === Infinity ? 'none' : upperBound,
      witness: witness && listed(witness),
      method: by,
    });
  }
  const left = neurons.filter(({verdict, witness}) => verdict === 'alive' && !witness).length;
  const note = `${left} witnesses are left out: all together would have more than ${maxWitnessNumbers} numbers (maxWitnessNumbers).`;
  return {neurons, notes: [...(exact?.notes ?? []), ...(left > 0 ? [note] : [])]};
}

/** Bounds before the more costly of the exact methods: what is left to that is often too much for it. */
function methodsFor(index: number, exact: ExactMethods | null): Method[] {
  if (!exact) return ['bounds'];
  const [first, second] = exact.order(index);
  return ['closedForm', first, 'bounds', second];
}

/** A supremum that is known is the last word. */
const isSettled = ({verdict, supremum}: Decision) => verdict !== 'unknown' || supremum !== null;

/** A neuron as its layer reads it: less the kink, and turned round for the other side. */
function oriented(neuron: Neuron, {kinks, sign}: Orientation, index: number): Neuron {
  const turned = (slopes: Float64Array) => slopes.map((slope) => sign * slope);
  const constant = sign * (neuron.constant - kinks[index]);
  return {...neuron, above: turned(neuron.above), below: turned(neuron.below), constant};
}

/** Witnesses as lists, until they have so many numbers; those that neurons share count for each, as they do in JSON. */
function sharedLists(most: number): (witness: Float64Array) => number[] | null {
  const lists = new WeakMap<Float64Array, number[]>();
  let count = 0;
  return (witness) => {
    if (count + witness.length > most) return null;
    count += witness.length;
    const list = lists.get(witness) ?? [...witness];
    lists.set(witness, list);
    return list;
  };
}
