/**
 * Pictures: SVG text, of models and of what the instruments return. It is shown as it is by notebooks and pages, and a file of it
 * is an image. Light and dark follow the page, see {@link PlotOptions}.
 *
 * @module
 */

export {type AccuracyOptions, type AccuracyRow, accuracy} from './accuracy';
export {type BreakpointsOptions, breakpoints, type CurvePoints} from './breakpoints';
export {colors, type Palette, type Role} from './color';
export {type NetworkOptions, network} from './network';
export type {Samples} from './network/samples';
export type {Theme} from './paint';
export {type RegionsOptions, regions} from './regions';
export type {Range} from './scale';
export type {PlotOptions} from './sheet';
export {type SlopesOptions, slopes} from './slopes';
