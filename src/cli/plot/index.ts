/** Results of the analysis as pictures: SVG text. */

export {bendHistogram} from './bend_histogram';
export {breakpointsPlot} from './breakpoints';
export {type LinearRegions2dPlotArgs, linearRegions2dPlot} from './linear_regions_2d';
export type {Range} from './scale';
