export type {DomainArgs} from './domain';
export {
  type EstimateStablyUnactivatedArgs,
  estimateStablyUnactivated,
  type StablyUnactivatedEstimate,
} from './estimate_stably_unactivated';
export {type StablyUnactivatedProbability, stablyUnactivatedProbability} from './stably_unactivated_probability';
