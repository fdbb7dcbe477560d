/** What the networks on a curve are made from. */

export type Family = 'wave' | 'region' | 'wht';

/** What to fit, and with which networks. */
export interface CurveConfig {
  /** In [0, 1], in increasing order. */
  x: number[];
  /** To be learned, noise and all. */
  y: number[];
  /** Without the noise: errors are measured against it. */
  truth: number[];
  /** Whether one convex function can be it; else a difference of two is taken. */
  convex: boolean;
  family: Family;
  depth: number;
  width: number;
  /** Hidden units of the dense network; 0 for as many as give it the weights of ours, or just more. */
  units: number;
  /** After the first stage all weights of the dense form are trained. */
  twoStages: boolean;
  seed: number;
}

/** Epochs of the stage that keeps all regions, when there are two. */
export const FIRST_STAGE = 300;

/** Learning rate of the stage in which all weights are free. */
export const FREE_RATE = 0.002;

export const hasTwoStages = ({twoStages, family}: CurveConfig): boolean => twoStages && family !== 'wht';
