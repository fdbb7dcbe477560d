/** What the page and its workers say to each other. Each tab has a worker of its own. */

import type {CurveConfig} from './curve_config';

export const BACKENDS = ['wasm', 'webgpu', 'webgl', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export const NETWORKS = ['dense', 'ours'] as const;
export type NetworkName = (typeof NETWORKS)[number];

export interface NetworkReport {
  name: string;
  parameters: number;
  regions: number;
  /** An upper bound for these layers, whatever their weights. */
  possible: bigint;
  /** In [0, 1]. */
  breakpoints: number[];
  prediction: Float32Array;
  meanSquaredError: number;
  maxError: number;
  msPerEpoch: number;
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
  networks: Record<NetworkName, NetworkReport>;
}

export interface DigitsConfig {
  epochs: number;
  seed: number;
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

export interface OpenedModel extends Judgement {
  parameters: number;
  layers: string;
  /** What the file says of itself. */
  claimedAccuracy: number | null;
}

export interface SavedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type Format = 'layers' | 'onnx';

export type Request =
  | {type: 'backend'; name: BackendName}
  | {type: 'curve'; config: CurveConfig}
  | {type: 'digits'; config: DigitsConfig}
  | {type: 'run'; running: boolean}
  | {type: 'judge'; index: number}
  | {type: 'save'; network: NetworkName; format: Format}
  | {type: 'open'; files: File[]; dataAddress: string};

export type Reply =
  | {type: 'ready'; backend: BackendName}
  | {type: 'curve'; report: CurveReport}
  | {type: 'digits'; report: DigitsReport}
  | {type: 'judged'; judgement: Judgement}
  | {type: 'opened'; model: OpenedModel}
  | {type: 'refused'; message: string}
  | {type: 'saved'; files: SavedFile[]}
  | {type: 'failed'; message: string};
