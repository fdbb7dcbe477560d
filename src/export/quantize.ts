import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireOneOf, requireOptions} from '../errors';
import {isModel} from '../model_graph';
import {QUANTIZED_TYPES, type QuantizedType} from './quantize/quantized';
import {type QuantizedWeight, quantizeWeights} from './quantize/weights';

export type {QuantizedWeight};

/** Options of `quantize`. */
export interface QuantizeOptions {
  /**
   * How weights are stored: 'uint8' and 'uint16' as one of 2^8 or 2^16 values between the least and the largest of the weight,
   * 'float16' with 11 significant bits.
   */
  dtype: QuantizedType;
  /** Samples, for `difference`: what the model takes; a list for several inputs. They stay yours. */
  samples?: tf.Tensor | tf.Tensor[];
}

/** A model whose weights take fewer bytes, and what that costs. */
export interface QuantizedModel {
  /** What `tf.loadLayersModel(tf.io.fromMemory(artifacts))` loads and every IO handler saves. */
  readonly artifacts: tf.io.ModelArtifacts;
  /** What became of each weight, in the order of the file. */
  readonly weights: readonly QuantizedWeight[];
  /** The size of all weights together. */
  readonly bytes: number;
  /** The largest difference between outputs for the samples; null without samples. */
  readonly difference: number | null;
}

const OPTIONS: Names<QuantizeOptions> = {dtype: true, samples: true};

/**
 * The same model with weights of one or two bytes, in the format that TensorFlow.js loads: `scale q + min`, or float16.
 *
 * For small downloads: the file shrinks to a quarter or half, and loads as float32. Rounding moves a weight by at most
 * (largest - least) / 507 for 'uint8', / 130000 for 'uint16', and by 2^-11 of itself for 'float16' (and 2^-25); zero stays zero.
 * Random signs take no bytes: their seed is saved. A weight stays as it was, and `kept` says why, if it has fewer than 64
 * numbers, one that is not finite or beyond float16, another dtype than float32, if it is quantized already or belongs to an
 * optimizer, or if it holds moving variances and would become integers.
 *
 * @param model A layers model of any layers, or the artifacts of a layers or graph model, such as `toGraphModel` gives.
 * @param options The dtype, and samples to compare outputs for.
 * @returns The artifacts, what became of each weight, their bytes, and the largest difference between outputs.
 * @throws If an option is unknown, artifacts have no weights or too few bytes, or a weight is of an unknown dtype.
 *
 * @example
 * const {artifacts, weights, difference} = await pw.exporters.quantize(model, {dtype: 'uint8', samples: tf.ones([3, 2])});
 * for (const {name, error, kept} of weights) console.log(name, error, kept);
 * console.log(weights.length === model.weights.length); // true
 * const small = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
 * console.log(difference); // as far as an output of small is from that of the model
 * console.log(small.countParams() === model.countParams()); // true
 */
export async function quantize(
  model: tf.LayersModel | tf.io.ModelArtifacts,
  options: QuantizeOptions,
): Promise<QuantizedModel> {
  const who = 'quantize';
  requireOptions(options, OPTIONS, who);
  const dtype = requireOneOf(options?.dtype, 'dtype', who, QUANTIZED_TYPES);
  const original = isModel(model as tf.LayersModel)
    ? await artifactsOf(model as tf.LayersModel)
    : requireArtifacts(model as tf.io.ModelArtifacts, who);
  const data = new tf.io.CompositeArrayBuffer(original.weightData).slice();
  const {weights, ...small} = quantizeWeights(original.weightSpecs!, data, dtype, who);
  const artifacts = {...original, ...small};
  const {samples} = options;
  return {
    artifacts,
    weights,
    bytes: small.weightData.byteLength,
    difference: samples ? await differenceOf(original, artifacts, samples) : null,
  };
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved)};
    }),
  );
  return artifacts;
}

function requireArtifacts(artifacts: tf.io.ModelArtifacts, who: string): tf.io.ModelArtifacts {
  if (!artifacts?.modelTopology || !Array.isArray(artifacts.weightSpecs) || !artifacts.weightData) {
    const keys = typeof artifacts === 'object' && artifacts !== null ? Object.keys(artifacts).join(', ') : artifacts;
    const expected = 'model must be a tf.LayersModel, or artifacts with modelTopology, weightSpecs and weightData';
    fail(who, expected, keys, 'Pass a model, or what an IO handler gave to load.');
  }
  return artifacts;
}

/** Both models are loaded anew: that of the caller may hold states, or be in use. */
async function differenceOf(
  original: tf.io.ModelArtifacts,
  small: tf.io.ModelArtifacts,
  samples: tf.Tensor | tf.Tensor[],
): Promise<number> {
  const [before, after] = [await outputsOf(original, samples), await outputsOf(small, samples)];
  const differences = before.flatMap((y, i) => Array.from(y, (value, j) => Math.abs(value - after[i][j])));
  return differences.reduce((a, b) => Math.max(a, b), 0);
}

async function outputsOf(artifacts: tf.io.ModelArtifacts, samples: tf.Tensor | tf.Tensor[]): Promise<tf.TypedArray[]> {
  const load = artifacts.format === 'graph-model' ? tf.loadGraphModel : tf.loadLayersModel;
  const model = await load(tf.io.fromMemory(artifacts));
  const outputs = [model.predict(samples) as tf.Tensor | tf.Tensor[]].flat();
  const values = await Promise.all(outputs.map((y) => y.data()));
  tf.dispose(outputs);
  model.dispose();
  return values;
}
