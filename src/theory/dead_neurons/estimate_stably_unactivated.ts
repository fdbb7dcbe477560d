import {arrangementOf} from '../../analysis/dead_neurons/arrangement';
import {decideByClosedForm} from '../../analysis/dead_neurons/closed_form';
import {type Domain, type DomainArgs, domainOf, type Neuron} from '../../analysis/dead_neurons/neuron';
import {fail, type Names, requireInteger, requireNumber, requireOneOf, requireOptions} from '../../errors';
import {normalNumbers, type RandomNumbers, uniformNumbers} from '../../math/random';
import {wilsonInterval} from '../../math/wilson';
import {stablyUnactivatedProbability} from './stably_unactivated_probability';
import {decideByVertices, systemsOf} from './vertices';

/** Arguments of {@link estimateStablyUnactivated}. */
export interface EstimateStablyUnactivatedArgs {
  /** Inputs, an integer >= 1. */
  n0: number;
  /** Units of the first layer, an integer >= 1. */
  n1: number;
  /** Random neurons, an integer >= 1. Default: 10,000. */
  samples?: number;
  /** Integer that fixes the weights. */
  seed: number;
  /** Law of all weights and biases: standard normal, or uniform from -1 to 1. Default: 'normal'. */
  distribution?: 'normal' | 'uniform';
  /** Slopes of the units of the first layer below and above 0. Default: [0, 1], ReLU. */
  slopes?: readonly [negative: number, positive: number];
  /** Where the neuron must be at most 0: everywhere, or in a box. Default: 'all'. */
  domain?: DomainArgs;
}

const OPTIONS: Names<EstimateStablyUnactivatedArgs> = {
  n0: true,
  n1: true,
  samples: true,
  seed: true,
  distribution: true,
  slopes: true,
  domain: true,
};

/** What {@link estimateStablyUnactivated} finds. */
export interface StablyUnactivatedEstimate {
  /** The share of the neurons that are stably unactivated. */
  probability: number;
  /** Standard error of `probability`. */
  standardError: number;
  /** The 95 % interval (Wilson). */
  interval: [low: number, high: number];
  /** Samples in which the neuron was dead. */
  dead: number;
  /** Neurons too close to the border for doubles; they count as not dead. */
  unknown: number;
  /** Networks drawn. */
  samples: number;
  /** The exact probability, where it is known. */
  theory: number | null;
  /** A conjecture, not proved: the probability is at least this; where there is one. */
  conjecturedLowerBound: number | null;
}

const TOLERANCE = 1e-9;
/** Linear systems for one neuron that a sample may cost. */
const MOST_SYSTEMS = 2e5;

/**
 * The probability that a random neuron of the second layer is stably unactivated, by deciding random neurons exactly.
 *
 * `f(x) = c + sum_i w_i phi(a_i x + b_i)` with x of n0 inputs and n1 units; all of a, b, w, c are independent and of one
 * law. Use it where `stablyUnactivatedProbability` has no formula: n1 > n0 + 1, boxes, two slopes. Each sample is decided
 * by the closed forms or by the vertices of its arrangement, up to 200,000 linear systems: n0 up to about 4.
 *
 * The same seed gives the same numbers on every platform.
 *
 * @throws If an argument is out of its range, or a sample would cost more systems than that.
 *
 * Source: Brownlowe et al., arXiv 2412.06829.
 *
 * @example
 * pw.theory.estimateStablyUnactivated({n0: 1, n1: 3, samples: 100000, seed: 1}).interval;  // around 0.160
 */
export function estimateStablyUnactivated(args: EstimateStablyUnactivatedArgs): StablyUnactivatedEstimate {
  const who = 'estimateStablyUnactivated';
  requireOptions(args, OPTIONS, who);
  const n0 = requireInteger(args?.n0, 'n0', who, 1, 2);
  const n1 = requireInteger(args.n1, 'n1', who, 1, 3);
  const samples = requireInteger(args.samples ?? 1e4, 'samples', who, 1, 1e4);
  const seed = requireInteger(args.seed, 'seed', who, -Infinity, 1);
  const law = requireOneOf(args.distribution ?? 'normal', 'distribution', who, ['normal', 'uniform']);
  const [negative, positive] = args.slopes ?? [0, 1];
  requireNumber(negative, 'slopes[0]', who, [-Infinity, Infinity], 0.01);
  requireNumber(positive, 'slopes[1]', who, [-Infinity, Infinity], 1);
  const domain = domainOf(args.domain ?? 'all', n0, who);

  let [dead, unknown] = [0, 0];
  const numbers = (law === 'normal' ? normalNumbers : uniformNumbers)(seed);
  const weights = n1 * (n0 + 2) + 1;
  for (let sample = 0; sample < samples; sample++) {
    const own: RandomNumbers = (index) => numbers(sample * weights + index);
    const verdict = verdictOf(randomNeuron(n0, n1, [negative, positive], own), domain, who);
    if (verdict === 'dead') dead++;
    else if (verdict === 'unknown') unknown++;
  }
  const probability = dead / samples;
  const known = domain === 'all' && negative === 0 && positive > 0 ? stablyUnactivatedProbability(n0, n1) : null;
  return {
    probability,
    standardError: Math.sqrt((probability * (1 - probability)) / samples),
    interval: wilsonInterval(dead, samples),
    dead,
    unknown,
    samples,
    theory: known?.probability ?? null,
    conjecturedLowerBound: known?.conjecturedLowerBound ?? null,
  };
}

function randomNeuron(n0: number, n1: number, [negative, positive]: [number, number], numbers: RandomNumbers): Neuron {
  let next = 0;
  const draw = (n: number) => Float64Array.from({length: n}, () => numbers(next++));
  const rows = Array.from({length: n1}, () => draw(n0));
  const [offsets, weights, [constant]] = [draw(n1), draw(n1), draw(1)];
  return {
    units: {inputs: n0, rows, offsets},
    above: weights.map((weight) => weight * positive),
    below: weights.map((weight) => weight * negative),
    constant,
  };
}

function verdictOf(neuron: Neuron, domain: Domain, who: string) {
  const arrangement = arrangementOf(neuron.units);
  const decision = domain === 'all' ? decideByClosedForm(neuron, arrangement, TOLERANCE) : null;
  if (decision) return decision.verdict;
  if (systemsOf(arrangement, domain) > MOST_SYSTEMS) {
    const size = `${neuron.units.rows.length} units of ${neuron.units.inputs} inputs`;
    fail(who, `a sample must cost at most ${MOST_SYSTEMS} linear systems`, size, 'Take fewer units or inputs.');
  }
  return decideByVertices(neuron, arrangement, domain, {tolerance: TOLERANCE, early: true}).verdict;
}
