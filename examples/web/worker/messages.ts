/** What the page and its workers say to each other. Each tab has a worker of its own. */

import type {Plan} from '../networks/call';
import type {CurveConfig} from '../networks/curve_config';
import type {DigitsConfig} from '../networks/digits';
import type {PlaneConfig} from '../networks/plane_config';

export const BACKENDS = ['wasm', 'webgpu', 'webgl', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export const NETWORKS = ['dense', 'ours'] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** One epoch at a time, as fast as an eye follows, or as fast as it can. */
export const SPEEDS = ['slow', 'normal', 'fast'] as const;
export type Speed = (typeof SPEEDS)[number];

interface NetworkReport {
  name: string;
  plan: Plan;
  parameters: number;
  regions: number;
  msPerEpoch: number;
}

export interface CurveFit extends NetworkReport {
  /** Pieces wider than 1 % of the interval. */
  wide: number;
  /** An upper bound for these layers, whatever their weights. */
  possible: bigint;
  /** In [0, 1]. */
  breakpoints: number[];
  prediction: Float32Array;
  meanSquaredError: number;
  maxError: number;
  multiplyAdds: number | null;
  /** Small bars: the numbers that bend the network. */
  bars: Bars | null;
}

export interface Bars {
  title: string;
  groups: {label: string; values: number[][]}[];
}

export interface CurveReport {
  epoch: number;
  stage: 'regions' | 'free';
  done: boolean;
  networks: Record<NetworkName, CurveFit>;
}

/** The linear regions of a network of two inputs, as polygons of one list of numbers. */
export interface Mosaic {
  /** x, y and the output at each corner. */
  corners: Float32Array;
  /** Where the corners of each polygon begin; one more for the end. */
  starts: Uint32Array;
  /** The region of each polygon. */
  regions: Uint32Array;
  /** The derivatives of the output by x and y, of each polygon. */
  gradients: Float32Array;
}

export interface PlaneFit extends NetworkReport {
  cells: number;
  mosaic: Mosaic;
  loss: number;
  /** Share of the points on the right side. */
  accuracy: number;
}

export interface PlaneReport {
  epoch: number;
  done: boolean;
  networks: Record<NetworkName, PlaneFit>;
}

export interface Candidate {
  name: string;
  family: 'dense' | 'wht';
  parameters: number;
  epoch: number;
  /** Share of the test images, epoch by epoch. */
  accuracies: number[];
}

export interface DigitsReport {
  candidates: Candidate[];
  done: boolean;
}

/** How a model classifies a test set: counts [truth][guess], and some images. */
export interface Judgement {
  name: string;
  dataset: string;
  accuracy: number;
  confusion: number[][];
  samples: {pixels: Float32Array; height: number; width: number; truth: number; guess: number}[];
}

export interface OpenedModel {
  name: string;
  parameters: number;
  layers: string;
  /** What the file says of itself. */
  claimedAccuracy: number | null;
  /** On test images, where there are any; else the reason. */
  judgement: Judgement | string;
}

/** What takes longer to find in a model, one after the other; or why it is not there. */
export type Finding =
  | {part: 'report'; content: LayerRow[] | string}
  | {part: 'network' | 'regions'; content: Picture | string};

export interface LayerRow {
  layer: string;
  parameters: number;
  breakpoints: number | null;
  multiplyAdds: number | null;
}

export interface Picture {
  svg: string;
  caption: string;
  /** Where linear regions were counted. */
  view?: RegionsView;
}

/** Arguments of `countLinearRegions` for one input, else of `linearRegions2d`. */
export type RegionsView =
  | {from: number[]; to: number[]}
  | {
      x: readonly [number, number];
      y: readonly [number, number];
      maxPolygons: number;
      plane?: {origin: number[]; u: number[]; v: number[]};
    };

export interface SavedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export const FORMATS = ['layers', 'onnx', 'litert', 'javascript', 'c'] as const;
export type Format = (typeof FORMATS)[number];

/** What becomes of saved files. */
export type Purpose = 'download' | 'copy' | 'inspect';

export type Request =
  | {type: 'backend'; name: BackendName}
  | {type: 'curve'; config: CurveConfig}
  | {type: 'plane'; config: PlaneConfig}
  | {type: 'digits'; config: DigitsConfig; chosen: number}
  | {type: 'run'; running: boolean; speed: Speed}
  | {type: 'step'}
  | {type: 'judge'; index: number}
  | {type: 'save'; network: NetworkName; format: Format; purpose: Purpose}
  | {type: 'open'; files: File[]; dataAddress: string};

export type Reply =
  | {type: 'ready'; backend: BackendName}
  | {type: 'curve'; report: CurveReport}
  | {type: 'plane'; report: PlaneReport}
  | {type: 'digits'; report: DigitsReport}
  | {type: 'judged'; judgement: Judgement}
  | {type: 'opened'; model: OpenedModel}
  | {type: 'found'; finding: Finding}
  | {type: 'refused'; message: string}
  | {type: 'saved'; files: SavedFile[]; purpose: Purpose}
  | {type: 'failed'; message: string};
