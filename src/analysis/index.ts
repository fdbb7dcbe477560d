/**
 * Exact instruments: what a given model can do, and does, as a piecewise-linear function. Answers about random and about
 * infinitely wide networks are in `pw.theory`.
 *
 * @module
 */

export {LimitReached} from '../errors';
export type {WholeNumber} from '../math/big_count';
export * from './dead_neurons';
export {type DivisionOfLabor, divisionOfLabor} from './division_of_labor';
export {type Costs, type LayerCosts, type ParameterReport, parameterReport} from './parameter_report';
export type {OutputName} from './piecewise_linear/layer_graph';
export type {Point, Points} from './piecewise_linear/point';
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
