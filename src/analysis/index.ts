/** Exact instruments: what a model can do, and does, as a piecewise-linear function. */

export {type CountLinearRegionsArgs, countLinearRegions, type LinearRegions} from './count_linear_regions';
