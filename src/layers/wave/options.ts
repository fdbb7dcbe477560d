import {
  fail,
  type Names,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireOptions,
} from '../../errors';
import {randomBits} from '../../math/random';
import type {InitializerIdentifier} from '../../tfjs_internals';
import type {SeedArgs} from '../piecewise_layer';
import {INPUT_NORMS, type InputNorm, OUTSIDE, type Outside} from './input';
import {SCALINGS, type Scaling} from './scales';

/** How a wave bends its base line: see {@link WaveLayerArgs.curvature}. */
export type Curvature = 'convex' | 'concave' | 'dc' | 'signed';

/** What {@link TriangleWave} and {@link RegionDense} have in common. */
export interface WaveLayerArgs extends SeedArgs {
  /** Levels of the wave, an integer >= 1: 2^depth linear regions. Beyond 11 the last drown in float32. Default: 5. */
  depth?: number;
  /**
   * How the scales s_1, s_2, ... follow s_0. Default: 'tied'.
   *
   * - 'tied': `s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)`, which makes the infinite sum differentiable. Strictly convex or
   *   concave, with slopes bounded at any depth.
   * - 'free': `s_(i+1) = s_i r_i`, each ratio trainable in (0, 1), from 1/4. Not always convex; its slopes have no bound.
   * - 'sawtooth': only the last wave, of scale s_0: 2^depth pieces up and down.
   * - 'takagi': peaks fixed at 1/2 and trainable `s_i = 2 s_0 t_i / 2^i`, each t_i in (-1, 1), from the start
   *   `s_i = s_0 / 4^i` of the parabola.
   */
  scaling?: Scaling;
  /**
   * 'convex' subtracts the wave from the base line, 'concave' adds it. 'dc' (difference of convex functions) subtracts
   * one and adds another. 'signed' adds it times a trainable factor per channel, from a random sign. Default: 'convex'.
   */
  curvature?: Curvature;
  /**
   * Scale s_0 of the first wave. 'a0a1': |slope| a_0 a_1, the largest for which a convex function still rises from its
   * base line. 'train': that times a trainable fraction in (0, 1), from 1/2. A number > 0: trainable from there, whatever
   * the slope. Default: 'a0a1'.
   */
  scale?: 'a0a1' | 'train' | number;
  /** The base line slope * u + intercept, per channel. Default: {slope: 1, intercept: 0, trainable: true}. */
  base?: {slope?: number; intercept?: number; trainable?: boolean};
  /**
   * How inputs are brought to the interval [0, 1] on which the waves live. Default: 'clip' for `triangleWave`, 'sigmoid' for
   * `regionDense`.
   *
   * - 'clip': u = (x - low) / (high - low) of the domain, then what is below 0 becomes 0, and what is above 1 becomes 1. For
   *   data of known range: pass it as `domain`. A batch that leaves it by more than a tenth is told of on the console, once.
   * - 'none': the same u, not clipped: beyond the domain the function goes on as `outside` says.
   * - 'fold': the same u, reflected at both ends, again and again: periodic functions, without flat parts.
   * - 'sigmoid': u = 1 / (1 + exp(-x)). For inputs around 0 of size 1 to 4, as after a layer; far from 0 it is flat. It has
   *   no domain.
   * - 'batchNorm+sigmoid': the same after tf.layers.batchNormalization, for inputs of unknown range: by the batch in
   *   training, else by averages.
   */
  inputNorm?: InputNorm;
  /** The interval of inputs that is mapped to [0, 1] before the norm; not for a sigmoid. Default: [0, 1]. */
  domain?: readonly [low: number, high: number];
  /** With inputNorm 'none', beyond the domain: the end pieces go on ('linear'), or the end values. Default: 'linear'. */
  outside?: Outside | null;
  /** Start of the peaks, in (0, 1): by name, or an object of pw.initializers. Default: 'peakUniform'. */
  peakInitializer?: InitializerIdentifier;
  /** Peaks stay in [peakEpsilon, 1 - peakEpsilon], at the start, too. Default: 0.001. */
  peakEpsilon?: number;
  /** Steepness of the map from weights to peaks: with 5 to 10, Adam's rate for weights suits the peaks. Default: 5. */
  peakGain?: number;
  /** With scaling 'tied', the peak after the last wave, which only shapes the last scale: 0.5 fixes it. Default: 'train'. */
  tailPeak?: 'train' | 0.5;
  /** The waves keep all their regions. The free stage is another model: see `blockDense`. */
  stage?: 'regions';
}

/** The options of a wave layer, checked and complete; all but the initializer are saved as they are. */
export interface WaveOptions {
  readonly depth: number;
  readonly scaling: Scaling;
  readonly curvature: Curvature;
  readonly scale: 'a0a1' | 'train' | number;
  readonly base: {slope: number; intercept: number; trainable: boolean};
  readonly inputNorm: InputNorm;
  readonly domain: readonly [low: number, high: number];
  readonly outside: Outside | null;
  readonly peakEpsilon: number;
  readonly peakGain: number;
  readonly tailPeak: 'train' | 0.5;
  readonly stage: 'regions';
}

export const WAVE_OPTIONS: Names<Omit<WaveLayerArgs, keyof SeedArgs>> = {
  depth: true,
  scaling: true,
  curvature: true,
  scale: true,
  base: true,
  inputNorm: true,
  domain: true,
  outside: true,
  peakInitializer: true,
  peakEpsilon: true,
  peakGain: true,
  tailPeak: true,
  stage: true,
};

const FINITE = [-Infinity, Infinity] as const;

export function waveOptions(args: WaveLayerArgs, defaultInputNorm: InputNorm, name: string): WaveOptions {
  const who = `layer ${name}`;
  const scaling = requireOneOf(args.scaling ?? 'tied', 'scaling', who, SCALINGS);
  const inputNorm = requireOneOf(args.inputNorm ?? defaultInputNorm, 'inputNorm', who, INPUT_NORMS);
  const domain = requireDomain(args.domain ?? [0, 1], inputNorm, who);
  const scale = requireScale(args.scale ?? 'a0a1', who);
  requireStage(args.stage, who);
  if (scaling === 'takagi' && args.peakInitializer) {
    fail(who, "with scaling 'takagi' there must be no peakInitializer", 'one', 'Its peaks are 1/2.');
  }
  return {
    depth: requireDepth(args.depth ?? 5, who),
    scaling,
    curvature: requireOneOf(args.curvature ?? 'convex', 'curvature', who, ['convex', 'concave', 'dc', 'signed']),
    scale,
    base: requireBase(args.base, scale, who),
    inputNorm,
    domain,
    outside: requireOutside(args.outside, inputNorm, who),
    peakEpsilon: requireNumber(args.peakEpsilon ?? 1e-3, 'peakEpsilon', who, [1e-6, 0.1], 0.001),
    peakGain: requireNumber(args.peakGain ?? 5, 'peakGain', who, [1e-3, 1e3], 5),
    tailPeak: requireTailPeak(args.tailPeak, scaling, who),
    stage: 'regions',
  };
}

/** The round of the random numbers that no projection of the same seed uses for its signs. */
const STREAM = 2 ** 17;

/** An independent seed for each use of a layer's seed, never 0, which tfjs takes for none. */
export function seedOf(seed: number, use: number): number {
  return 1 + (randomBits(seed, STREAM)(use) >>> 1);
}

let warned = false;

function requireDepth(value: number, who: string): number {
  const depth = requireInteger(value, 'depth', who, 1, 5);
  if (depth > 11 && !warned) {
    warned = true;
    // biome-ignore lint/suspicious/noConsole: it works, but is not what the user can want
    console.warn(`${who}: beyond depth 11 the waves are below the precision of float32; depth ${depth} adds nothing.`);
  }
  return depth;
}

function requireScale(value: unknown, who: string): 'a0a1' | 'train' | number {
  if (value === 'a0a1' || value === 'train') return value;
  if (!(typeof value === 'number' && value > 0 && Number.isFinite(value))) {
    fail(who, "scale must be 'a0a1', 'train', or a finite number > 0", value, 'For example {scale: 0.25}.');
  }
  return value;
}

const BASE: Names<NonNullable<WaveLayerArgs['base']>> = {slope: true, intercept: true, trainable: true};

function requireBase(given: WaveLayerArgs['base'], scale: WaveOptions['scale'], who: string): WaveOptions['base'] {
  requireOptions(given ?? undefined, BASE, `${who}, base`);
  const slope = requireNumber(given?.slope ?? 1, 'base.slope', who, FINITE, 1);
  const intercept = requireNumber(given?.intercept ?? 0, 'base.intercept', who, FINITE, 0);
  const trainable = requireBoolean(given?.trainable ?? true, 'base.trainable', who);
  if (slope === 0 && typeof scale !== 'number') {
    const fix = 'Give the wave a scale of its own: {scale: 0.25}.';
    fail(who, `base.slope must not be 0, which would flatten the wave of scale '${scale}'`, 0, fix);
  }
  return {slope, intercept, trainable};
}

/** Two finite numbers, the lower first. */
export function requireInterval(value: unknown, name: string, who: string): readonly [low: number, high: number] {
  const isInterval = Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1];
  if (!isInterval) {
    const shown = Array.isArray(value) ? `[${value}]` : value;
    fail(who, `${name} must be two finite numbers, the lower first`, shown, 'For example [-1, 1].');
  }
  return [value[0], value[1]];
}

function requireDomain(value: unknown, inputNorm: InputNorm, who: string): readonly [number, number] {
  const [low, high] = requireInterval(value, 'domain', who);
  if (inputNorm.endsWith('sigmoid') && (low !== 0 || high !== 1)) {
    const expected = `with inputNorm '${inputNorm}' there must be no domain`;
    fail(who, expected, `[${value}]`, "Use inputNorm 'clip', 'fold' or 'none'.");
  }
  return [low, high];
}

function requireOutside(value: Outside | null | undefined, inputNorm: InputNorm, who: string): Outside | null {
  if (inputNorm === 'none') return requireOneOf(value ?? 'linear', 'outside', who, OUTSIDE);
  if (value !== undefined && value !== null) {
    fail(who, `outside must be left out with inputNorm '${inputNorm}'`, `'${value}'`, "It goes with inputNorm 'none'.");
  }
  return null;
}

function requireTailPeak(value: unknown, scaling: Scaling, who: string): 'train' | 0.5 {
  const tail = value ?? (scaling === 'tied' ? 'train' : 0.5);
  if (tail !== 0.5 && tail !== 'train') fail(who, "tailPeak must be 'train' or 0.5", tail, 'Leave it out to train it.');
  if (tail === 'train' && scaling !== 'tied') {
    fail(who, "tailPeak 'train' needs scaling 'tied'", `scaling '${scaling}'`, 'No scale depends on it otherwise.');
  }
  return tail;
}

function requireStage(value: unknown, who: string): void {
  if ((value ?? 'regions') !== 'regions') {
    const fix = 'The free stage is another model: pw.exporters.toDense(model), or one of blockDense layers.';
    fail(who, "stage must be 'regions'", `'${value}'`, fix);
  }
}
