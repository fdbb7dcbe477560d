export type {NeuronReport} from './decide_layer';
export type {Method, Reason, Verdict} from './decision';
export {
  type EstimateStablyUnactivatedArgs,
  estimateStablyUnactivated,
  type StablyUnactivatedEstimate,
} from './estimate_stably_unactivated';
export type {DomainArgs} from './neuron';
export {
  type StablyUnactivated,
  type StablyUnactivatedArgs,
  stablyUnactivated,
} from './stably_unactivated';
export {type StablyUnactivatedProbability, stablyUnactivatedProbability} from './stably_unactivated_probability';
export type {Side} from './target_layer';
