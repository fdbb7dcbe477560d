import type * as tf from '@tensorflow/tfjs';
import {type Names, requireInteger, requireNumber, requireOneOf, requireOptions} from '../../errors';
import {readPiecewiseLinear} from '../piecewise_linear/read_model';
import {decideLayer, type NeuronReport} from './decide_layer';
import type {Method, Verdict} from './decision';
import {type DomainArgs, domainOf} from './neuron';
import {otherLayers, type Side, targetLayer} from './target_layer';

/** Options of {@link stablyUnactivated}. */
export interface StablyUnactivatedArgs {
  /** Name of the layer whose neurons are asked about. Default: the second with an activation, or the only one. */
  layer?: string;
  /** Inputs to look at: all, or a box, such as {low: 0, high: 1} for images. Default: 'all'. */
  domain?: DomainArgs;
  /** 'below': dead is never above the kink, which gives 0 after a ReLU. 'above': never below it. Default: 'below'. */
  side?: Side;
  /** One method for all neurons, or the first of these that settles each. Default: 'auto'. */
  method?: 'auto' | Method;
  /** A value is taken for 0 below this part of its terms, from 0 to 1. Default: 1e-14, the rounding of layers that are joined. */
  tolerance?: number;
  /** Linear systems that the vertices of all neurons together may take, an integer >= 0. Default: 1,000,000. */
  maxSystems?: number;
  /** Linear programs that one neuron may take, an integer >= 0. Default: 1,024. */
  maxPrograms?: number;
  /** About the multiplications that exact methods, and bounds and searches, may take, a number >= 0. Default: 2e9, half a minute. */
  maxMultiplyAdds?: number;
  /** Numbers in the witnesses of all neurons together, shared ones counted for each; 20 bytes each in JSON. Default: 1,000,000. */
  maxWitnessNumbers?: number;
}

const OPTIONS: Names<StablyUnactivatedArgs> = {
  layer: true,
  domain: true,
  side: true,
  method: true,
  tolerance: true,
  maxSystems: true,
  maxPrograms: true,
  maxMultiplyAdds: true,
  maxWitnessNumbers: true,
};

/** What {@link stablyUnactivated} finds. */
export interface StablyUnactivated {
  /** Name of the layer. */
  layer: string;
  /** One for each neuron, in its order; of a recurrent layer for each of its units at each step of time, in the order it takes them. */
  neurons: NeuronReport[];
  /** Neurons that no input of the domain activates. */
  dead: number;
  /** Neurons with an input that activates them. */
  alive: number;
  /** Neurons that are not settled. */
  unknown: number;
  /** dead / neurons. */
  fraction: number;
  /** What was left out, in words. */
  notes: string[];
}

/**
 * The neurons of one layer that no input can activate, and no small change of the weights before them either.
 *
 * Dead: `f(x) < 0` for all x of the domain, and for all weights near those of the model; proved, rounding included. Alive:
 * there is a witness x with `f(x) > 0`, proved as well. Unknown comes with a reason; 'marginal' are neurons that reach 0, or
 * not for the next weights. Use it to find units that training cannot bring back by itself, or that can be cut.
 *
 * After one hidden layer of units with one kink (ReLU, LeakyReLU, PReLU, ReLUPair) of few inputs or few units the answer is exact,
 * and worked out in whole numbers, whatever the sizes of the weights: closed forms for up to one unit more than inputs, the
 * vertices and rays of the arrangement, or linear programs, 2 to the number of units that bend the neuron upwards. On boxes
 * too large for that the package `highs` finds what is then proved. Everything else, such as convolutions, pooling and
 * residual networks, gets 4,096 samples, climbs from them, and bounds: intervals, then on a box linear functions followed back
 * to the input (CROWN), each with an `upperBound`; units of a convolution that see a part of the input are cropped to it, and
 * those that see the same are looked at once. On all of space a neuron of the first layer is never dead. A weight of
 * exactly 0 counts as fixed in bounds only.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws As `countLinearRegions`; if there is no such layer, an argument is out of its range, or 'lp' lacks `highs`.
 *
 * Source: Brownlowe, Cornwell, Montes, Quijano, Stulman and Zhang, arXiv 2412.06829; bounds: Zhang et al., arXiv 1811.00866.
 *
 * @example
 * const {dead, neurons} = await pw.analysis.stablyUnactivated(model, {domain: {low: 0, high: 1}});
 */
export async function stablyUnactivated(
  model: tf.LayersModel,
  args: StablyUnactivatedArgs = {},
): Promise<StablyUnactivated> {
  const who = 'stablyUnactivated';
  requireOptions(args, OPTIONS, who);
  const methods = ['auto', 'closedForm', 'vertices', 'lp', 'bounds'] as const;
  const options = {
    side: requireOneOf(args.side ?? 'below', 'side', who, ['below', 'above']),
    method: requireOneOf(args.method ?? 'auto', 'method', who, methods),
    tolerance: requireNumber(args.tolerance ?? 1e-14, 'tolerance', who, [0, 1], 1e-14),
    maxSystems: requireInteger(args.maxSystems ?? 1e6, 'maxSystems', who, 0, 1e6),
    maxPrograms: requireInteger(args.maxPrograms ?? 1024, 'maxPrograms', who, 0, 1024),
    maxMultiplyAdds: requireNumber(args.maxMultiplyAdds ?? 2e9, 'maxMultiplyAdds', who, [0, Infinity], 2e9),
    maxWitnessNumbers: requireNumber(args.maxWitnessNumbers ?? 1e6, 'maxWitnessNumbers', who, [0, Infinity], 1e6),
  };
  const network = await readPiecewiseLinear(model, who);
  const domain = domainOf(args.domain ?? 'all', network.inputs, who);
  const layer = targetLayer(network, args.layer, who);
  const {neurons, notes} = await decideLayer(layer, network.inputs, domain, options);
  const others = args.layer === undefined ? otherLayers(network, layer) : [];
  if (others.length > 0)
    notes.push(`neurons of '${layer.name}' alone; others by the option layer: ${others.join(', ')}`);
  const count = (wanted: Verdict) => neurons.filter(({verdict}) => verdict === wanted).length;
  return {
    layer: layer.name,
    neurons,
    dead: count('dead'),
    alive: count('alive'),
    unknown: count('unknown'),
    fraction: count('dead') / neurons.length,
    notes: [...network.notes, ...notes],
  };
}
