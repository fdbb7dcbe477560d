import {fail} from '../../errors';
import {arrangementOf} from './arrangement';
import {boundsDecider, type Orientation, valuesAt} from './bounds';
import {decideByClosedForm} from './closed_form';
import {type Decision, type Method, type Reason, unknown, type Verdict} from './decision';
import {decideByPrograms, loadHighs, programsOf} from './linear_program';
import type {Domain, Neuron} from './neuron';
import {kinksOf, neuronsOf, type Side, type TargetLayer} from './target_layer';
import {decideByVertices, systemsOf} from './vertices';

export interface DecideOptions {
  side: Side;
  method: 'auto' | Method;
  tolerance: number;
  maxSystems: number;
  maxPrograms: number;
}

/** What is known of one neuron. */
export interface NeuronReport {
  /** Its place in the layer, from 0. */
  index: number;
  /** 'dead': no input activates it; 'alive': `witness` does; 'unknown': `reason` says why. */
  verdict: Verdict;
  /** The least upper bound of the value, less the kink; 'none' if there is none; null if it was not worked out. */
  supremum: number | 'none' | null;
  /** Why a verdict is unknown; else null. */
  reason: Reason | null;
  /** An input, flat, at which a neuron that is alive is above its kink. */
  witness: number[] | null;
  /** What settled it, or was tried last. */
  method: Method;
}

/** What a method says of a neuron; null where it does not apply. */
type Decider = (index: number) => Decision | null | Promise<Decision | null>;

const NEEDS_HIGHS = 'Install the package that solves linear programs: npm install highs.';

/** Decides the neurons of a layer, each by the first method that settles it. */
export async function decideLayer(layer: TargetLayer, inputs: number, domain: Domain, options: DecideOptions) {
  const orientation: Orientation = {kinks: kinksOf(layer, options.side), sign: options.side === 'below' ? 1 : -1};
  const notes = new Set<string>();
  const deciders = decidersOf(layer, inputs, domain, orientation, options, notes);
  const methods: Method[] = options.method === 'auto' ? ['closedForm', 'vertices', 'bounds', 'lp'] : [options.method];

  const neurons: NeuronReport[] = [];
  for (let index = 0; index < orientation.kinks.length; index++) {
    let decision = unknown('method');
    let by = methods[0];
    for (const method of methods) {
      const next = await deciders[method](index);
      if (next) [decision, by] = [next, method];
      if (decision.verdict !== 'unknown' || decision.reason === 'marginal') break;
    }
    const {verdict, supremum, reason, witness} = decision;
    // A witness that the network itself does not confirm is one of rounding.
    const isConfirmed = witness !== null && orientedAt(layer, orientation, witness, index) > 0;
    const known =
      verdict === 'alive' && !isConfirmed ? ({verdict: 'unknown', reason: 'marginal'} as const) : {verdict, reason};
    neurons.push({
      index,
      ...known,
      supremum: supremum === Infinity ? 'none' : supremum,
      witness: isConfirmed ? [...witness] : null,
      method: by,
    });
  }
  return {neurons, notes};
}

function decidersOf(
  layer: TargetLayer,
  inputs: number,
  domain: Domain,
  orientation: Orientation,
  {method, tolerance, maxSystems, maxPrograms}: DecideOptions,
  notes: Set<string>,
): Record<Method, Decider> {
  const bounds = boundsDecider(layer, inputs, domain, orientation, tolerance);
  const neurons =
    method === 'bounds' ? null : neuronsOf(layer, inputs)?.map((neuron, i) => oriented(neuron, orientation, i));
  if (!neurons) return {closedForm: () => null, vertices: () => null, lp: () => null, bounds};
  const arrangement = arrangementOf(neurons[0].units);
  const systems = neurons.length * systemsOf(arrangement, domain);
  return {
    bounds,
    closedForm: (index) => (domain === 'all' ? decideByClosedForm(neurons[index], arrangement, tolerance) : null),
    vertices: (index) =>
      systems > maxSystems ? unknown('budget') : decideByVertices(neurons[index], arrangement, domain, {tolerance}),
    lp: async (index) => {
      if (programsOf(neurons[index]) > maxPrograms) return unknown('budget');
      const highs = await loadHighs();
      if (highs) return decideByPrograms(highs, neurons[index], domain, tolerance);
      if (method === 'lp') fail('stablyUnactivated', "method 'lp' needs HiGHS", 'no package highs', NEEDS_HIGHS);
      notes.add(`Some neurons need linear programs. ${NEEDS_HIGHS}`);
      return unknown('budget');
    },
  };
}

/** A neuron as its layer reads it: less the kink, and turned round for the other side. */
function oriented(neuron: Neuron, {kinks, sign}: Orientation, index: number): Neuron {
  const turned = (slopes: Float64Array) => slopes.map((slope) => sign * slope);
  const constant = sign * (neuron.constant - kinks[index]);
  return {...neuron, above: turned(neuron.above), below: turned(neuron.below), constant};
}

function orientedAt(layer: TargetLayer, {kinks, sign}: Orientation, x: Float64Array, index: number): number {
  return sign * (valuesAt(layer, x, 1)[index] - kinks[index]);
}
