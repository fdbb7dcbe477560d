/**
 * Everything: importing it registers layers, initializers and optimizers, and the native kernels of every backend. Programs and
 * their models need no other import.
 *
 * @module
 */

import './kernels/tensorflow';

// By name, so that Node sees the names through the CommonJS build as well.
export {
  analysis,
  type BackendReport,
  backendReport,
  type ChordStart,
  type CurveFit,
  type CurveProgress,
  type CurveShape,
  chordStart,
  type EpochReport,
  exporters,
  type FitCurveOptions,
  fitCurve,
  initializers,
  layers,
  type Numbers,
  optimizers,
  type PerStage,
  plot,
  type Stage,
  schedules,
  type TwoStageDatasetOptions,
  type TwoStageOptions,
  type TwoStageResult,
  theory,
  trainTwoStage,
} from './browser';
export * from './ops';
