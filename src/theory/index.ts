/**
 * Answers about random and about infinitely wide networks: what they can store, by a method that is derived and not proven, and
 * how often their neurons are dead. What is exact about a given model is in `pw.analysis`.
 *
 * @module
 */

export {type ActivationName, activationKernel, type TheoryActivation} from './capacity/activation_kernel';
export type {CovarianceKernel} from './capacity/covariance_kernel';
export {coverProbability} from './capacity/cover_probability';
export {
  type CapacityEstimate,
  type CapacityPoint,
  type EstimateCapacityOptions,
  estimateCapacity,
  type ModelFactory,
} from './capacity/estimate_capacity';
export type {Architecture} from './capacity/overlap_map';
export {type StorageCapacity, type StorageCapacityOptions, storageCapacity} from './capacity/storage_capacity';
export {type SymmetryBreaking, symmetryBreaking} from './capacity/symmetry_breaking';
export {type TypicalOverlap, typicalOverlap} from './capacity/typical_overlap';
export {
  type EstimateStablyUnactivatedArgs,
  estimateStablyUnactivated,
  type StablyUnactivatedEstimate,
} from './dead_neurons/estimate_stably_unactivated';
export {
  type StablyUnactivatedProbability,
  stablyUnactivatedProbability,
} from './dead_neurons/stably_unactivated_probability';
