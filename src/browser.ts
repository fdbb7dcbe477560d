/** Table of contents. Importing it registers layers, initializers, optimizers, and the native kernels of every backend of browsers. */

import './kernels/cpu';
import './kernels/wasm';
import './kernels/webgl';
import './kernels/webgpu';
import {registerInitializers} from './initializers/register';
import {registerLayers} from './layers/register';
import {registerOptimizers} from './optimizers/register';

registerInitializers();
registerLayers();
registerOptimizers();

export * as analysis from './analysis';
export {type BackendReport, backendReport} from './backend_report';
export * as exporters from './export';
export * as initializers from './initializers';
export * as layers from './layers';
export * from './ops';
export * as optimizers from './optimizers';
export * as plot from './plot';
export * as schedules from './schedules';
export * as theory from './theory';
export {type ChordStart, chordStart} from './training/chord_start';
export {
  type CurveFit,
  type CurveProgress,
  type CurveShape,
  type FitCurveOptions,
  fitCurve,
  type Numbers,
} from './training/fit_curve';
export {
  type EpochReport,
  type PerStage,
  type Stage,
  type TwoStageDatasetOptions,
  type TwoStageOptions,
  type TwoStageResult,
  trainTwoStage,
} from './training/two_stage';
