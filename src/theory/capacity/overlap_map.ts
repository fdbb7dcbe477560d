import {fail} from '../../errors';
import {kernelOf, type TheoryActivation} from './activation_kernel';
import type {CovarianceKernel} from './covariance_kernel';

/** Where the hidden units look: 'tree': each at inputs of its own; 'fullyConnected': all at all inputs. */
export type Architecture = 'tree' | 'fullyConnected';

export const ARCHITECTURES: readonly Architecture[] = ['tree', 'fullyConnected'];

/** Q(q): the correlation of the outputs of two solutions whose weights have the overlap q. */
export interface OverlapMap {
  at(q: number): number;
  slope(q: number): number;
  /** Q'(1). */
  slopeAtOne: number;
  /** Q''(0). */
  curvature: number;
  /** Variance of the part of the output that the map is of. */
  variance: number;
}

/**
 * kappa(q) / kappa(1) for a tree. In a fully connected network the units drive the linear part of their sum to zero (the
 * division of labor), so kappa(q) - kappa'(0) q stands for kappa.
 */
export function overlapMap(activation: TheoryActivation, architecture: Architecture, who: string): OverlapMap {
  const kernel = kernelOf(activation, who);
  const linear = architecture === 'tree' ? 0 : kernel.linear;
  const variance = kernel.variance - linear;
  // What is left of a nearly linear activation must be more than rounding.
  if (!(variance > 1e-10 * kernel.variance)) {
    fail(
      who,
      'a fully connected network needs an activation that bends',
      'a linear one',
      "Use {architecture: 'tree'}.",
    );
  }
  return fromKernel(kernel, linear, variance);
}

function fromKernel(kernel: CovarianceKernel, linear: number, variance: number): OverlapMap {
  return {
    at: (q) => (kernel.covariance(q) - linear * q) / variance,
    slope: (q) => (kernel.slope(q) - linear) / variance,
    slopeAtOne: (kernel.slopeAtOne - linear) / variance,
    curvature: kernel.curvature / variance,
    variance,
  };
}
