/**
 * Exact instruments: what a model can do, and does, as a piecewise-linear function.
 *
 * @module
 */

export {type ActivationName, activationKernel, type TheoryActivation} from './capacity/activation_kernel';
export type {CovarianceKernel} from './capacity/covariance_kernel';
export {coverProbability} from './capacity/cover_probability';
export {type DivisionOfLabor, divisionOfLabor} from './capacity/division_of_labor';
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
export * from './dead_neurons';
export {type Costs, type LayerCosts, type ParameterReport, parameterReport} from './parameter_report';
export type {Point} from './piecewise_linear/point';
export {type CountLinearRegionsArgs, countLinearRegions, type LinearRegions} from './regions/count_linear_regions';
export {
  type LinearPolygon,
  type LinearRegions2d,
  type LinearRegions2dArgs,
  linearRegions2d,
} from './regions/linear_regions_2d';
export {type Count, type RegionBounds, type RegionBoundsArgs, regionBounds} from './regions/region_bounds';
export {type Alignment, type AlignOptions, align} from './symmetry/align';
export {canonicalize} from './symmetry/canonicalize';
export {countEquivalentMinima, type EquivalentMinima, type SpaceSymmetries} from './symmetry/count_equivalent_minima';
export {type Equivalence, type EquivalentOptions, equivalent} from './symmetry/equivalent';
export {type PermuteUnitsOptions, permuteUnits} from './symmetry/permute_units';
