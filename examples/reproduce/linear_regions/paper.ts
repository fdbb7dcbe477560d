/**
 * The paper's numbers, and the bands that a reproduction must hold. Milkert, Hyde and Laine, ICML 2025 (arXiv 2311.18022):
 * least and mean error of 30 runs, 500 points, and least error of 30 runs, 10 points; by way of a digest of the paper.
 * Numbers that it does not give are left out.
 */

import type {Method} from './table';

export interface PaperNumbers {
  min?: number;
  mean?: number;
}

export const PAPER_DENSE: {[target: string]: {[method in Method]?: PaperNumbers}} = {
  'x^3': {
    default: {min: 2.11e-5, mean: 7.2e-2},
    RAI: {min: 2.14e-5, mean: 3.97e-2},
    'no pretraining': {min: 7.63e-7, mean: 3.89e-5},
    'pretrain, s free': {min: 1.64e-7, mean: 1.02e-5},
    tied: {min: 7.86e-8, mean: 5.27e-7},
  },
  'x^11': {
    default: {min: 2.19e-5, mean: 2.82e-2},
    RAI: {min: 4.4e-5, mean: 4.12e-2},
    'no pretraining': {min: 1.86e-5, mean: 3.56e-4},
    'pretrain, s free': {min: 3.2e-6, mean: 3.73e-5},
    tied: {min: 8.86e-7, mean: 7.87e-6},
  },
};

export const PAPER_SPARSE: {[target: string]: {[method in Method]?: PaperNumbers}} = {
  'x^3': {default: {min: 2.41e-4}, tied: {min: 5.65e-6}},
  'x^11': {default: {min: 2.14e-3}, tied: {min: 6.53e-4}},
  'sin x': {default: {min: 2.27e-5}, tied: {min: 7.92e-7}},
  'tanh 3x': {default: {min: 1.6e-4}, tied: {min: 5.09e-6}},
};

/** Upper ends for 30 runs of the tied method at depth 5, and how far its least error must be under the default's. */
export const BANDS: {[target: string]: {min: number; median: number; mean: number; gain: number}} = {
  'x^3': {min: 2.5e-7, median: 1e-6, mean: 3e-6, gain: 100},
  'x^11': {min: 2.5e-6, median: 1e-5, mean: 5e-5, gain: 20},
};
