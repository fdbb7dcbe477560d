import {fail, requireNumber, requireOneOf, requireOptions} from '../../errors';
import {tail} from '../../math/normal';
import {type CovarianceKernel, hermiteKernel, refuseConstant} from './covariance_kernel';

/** erf is erf(z), gelu is z P(normal < z), swish is z sigmoid(z). */
export type ActivationName =
  | 'relu'
  | 'abs'
  | 'quadratic'
  | 'erf'
  | 'sign'
  | 'linear'
  | 'tanh'
  | 'sigmoid'
  | 'sin'
  | 'gelu'
  | 'swish'
  | 'elu'
  | 'softplus';

/**
 * An activation for the theory: by name; two fixed slopes; erf(gain z); or any function, with the places where it or its
 * derivative jumps.
 */
export type TheoryActivation =
  | ActivationName
  | {slopes: {negative: number; positive: number}}
  | {erfGain: number}
  | {f: (z: number) => number; kinks?: readonly number[]};

/** slope^2 q + bend^2 kappa_abs(q), for (s + d) max(z, 0) + (s - d) min(z, 0). */
function twoSlopes(slope: number, bend: number): CovarianceKernel {
  const [linear, folded] = [slope ** 2, (bend ** 2 * 2) / Math.PI];
  return {
    covariance: (q) => linear * q + folded * (Math.sqrt(1 - q * q) + q * Math.asin(q) - 1),
    slope: (q) => linear + folded * Math.asin(q),
    variance: linear + folded * (Math.PI / 2 - 1),
    linear,
    curvature: folded,
    slopeAtOne: linear + (folded * Math.PI) / 2,
  };
}

/** (2 / pi) asin(share q), share = 2 g^2 / (1 + 2 g^2): erf(g z), and with an infinite gain sign(z). */
function arcSine(gain: number): CovarianceKernel {
  const share = 1 / (1 + 1 / (2 * gain * gain));
  /** sqrt(1 - share^2), which is lost in the rounding of the share. */
  const rest = gain === Infinity ? 0 : Math.hypot(1, 2 * gain) / (1 + 2 * gain * gain);
  const slope = (q: number) => ((2 / Math.PI) * share) / (q === 1 ? rest : Math.sqrt(1 - (share * q) ** 2));
  const covariance = (q: number) => (2 / Math.PI) * (q === 1 ? Math.atan2(share, rest) : Math.asin(share * q));
  return {covariance, slope, variance: covariance(1), linear: slope(0), curvature: 0, slopeAtOne: slope(1)};
}

const quadratic: CovarianceKernel = {
  covariance: (q) => 2 * q * q,
  slope: (q) => 4 * q,
  variance: 2,
  linear: 0,
  curvature: 4,
  slopeAtOne: 4,
};

const FINITE = [-Infinity, Infinity] as const;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const KERNELS: Record<ActivationName, () => CovarianceKernel> = {
  relu: () => twoSlopes(0.5, 0.5),
  abs: () => twoSlopes(0, 1),
  linear: () => twoSlopes(1, 0),
  quadratic: () => quadratic,
  erf: () => arcSine(1),
  sign: () => arcSine(Infinity),
  tanh: () => hermiteKernel(Math.tanh),
  sigmoid: () => hermiteKernel(sigmoid),
  sin: () => hermiteKernel(Math.sin),
  gelu: () => hermiteKernel((z) => z * tail(-z)),
  swish: () => hermiteKernel((z) => z * sigmoid(z)),
  elu: () => hermiteKernel((z) => (z > 0 ? z : Math.expm1(z)), [0]),
  softplus: () => hermiteKernel((z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0)),
};

/**
 * The covariance of an activation's outputs as a function of the correlation of its inputs.
 *
 * `kappa(q) = Cov(f(u), f(v)) = sum over n >= 1 of a_n^2 q^n`, a_n the coefficients of f in normalized Hermite polynomials.
 *
 * In closed form for ReLU, two slopes, |z|, z^2, erf and sign; else by quadrature that adapts to steep and kinked
 * functions, and 2048 coefficients: to 1e-9 for q <= 0.98, and at q = 1, where the values do not come from the series.
 *
 * @throws If the name is unknown, a number is not finite, or the function is constant, has no second moment or is not
 * resolved: it jumps at a place that `kinks` does not name, has a pole or noise.
 *
 * Source: Nishiyama and Ohzeki 2024, arXiv 2404.13404.
 *
 * @example
 * pw.theory.activationKernel('relu').variance;  // 0.3408 = 1/2 - 1/(2 pi)
 */
export function activationKernel(activation: TheoryActivation): CovarianceKernel {
  return kernelOf(activation, 'activationKernel');
}

function varying(kernel: CovarianceKernel, who: string): CovarianceKernel {
  return kernel.variance > 0 ? kernel : refuseConstant(who);
}

/** Layers that users know by name, whose slopes the theory needs. */
const SLOPED: readonly string[] = ['reluPair', 'leakyReLU', 'leakyRelu', 'prelu'];

/** The same for whoever was asked. */
export function kernelOf(activation: TheoryActivation, who: string): CovarianceKernel {
  if (typeof activation !== 'object' || activation === null) {
    if (SLOPED.includes(activation)) {
      fail(
        who,
        'activations of two slopes must be given by these',
        `'${activation}'`,
        'For example {slopes: {negative: 0.2, positive: 1}}; the capacity of fully connected networks is the same for all unequal slopes.',
      );
    }
    return KERNELS[requireOneOf(activation, 'activation', who, Object.keys(KERNELS) as ActivationName[])]();
  }
  if ('slopes' in activation) {
    requireOptions(activation, {slopes: true}, `${who}, activation`);
    requireOptions(activation.slopes, {negative: true, positive: true}, `${who}, slopes`);
    const negative = requireNumber(activation.slopes?.negative, 'slopes.negative', who, FINITE, 0.1);
    const positive = requireNumber(activation.slopes?.positive, 'slopes.positive', who, FINITE, 1);
    return varying(twoSlopes((positive + negative) / 2, (positive - negative) / 2), who);
  }
  if ('erfGain' in activation) {
    requireOptions(activation, {erfGain: true}, `${who}, activation`);
    return varying(arcSine(requireNumber(activation.erfGain, 'erfGain', who, [0, Infinity], 1)), who);
  }
  if (typeof activation.f !== 'function') {
    fail(
      who,
      'an activation must be a name, slopes, erfGain, or a function f',
      JSON.stringify(activation),
      "For example 'relu'.",
    );
  }
  requireOptions(activation, {f: true, kinks: true}, `${who}, activation`);
  return hermiteKernel(activation.f, activation.kinks ?? undefined, who);
}
