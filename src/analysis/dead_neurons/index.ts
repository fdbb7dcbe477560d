export type {NeuronReport} from './decide_layer';
export type {Method, Reason, Verdict} from './decision';
export type {DomainArgs} from './neuron';
export {
  type StablyUnactivated,
  type StablyUnactivatedArgs,
  stablyUnactivated,
} from './stably_unactivated';
export type {Side} from './target_layer';
