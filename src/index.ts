/** Everything: what browsers get, and the native kernels of the backend that runs in Node only. */

import './kernels/tensorflow';

// By name, so that Node sees the names through the CommonJS build as well.
export {
  analysis,
  type BackendReport,
  backendReport,
  type ChordStart,
  chordStart,
  type EpochReport,
  exporters,
  initializers,
  layers,
  optimizers,
  type PerStage,
  type Stage,
  schedules,
  type TwoStageOptions,
  type TwoStageResult,
  theory,
  trainTwoStage,
} from './browser';
export * from './ops';
