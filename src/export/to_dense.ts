import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {callsOf, isModel, type ModelCalls, namesOf} from '../model_graph';
import type {Shape} from '../tfjs_internals';
import {convertBlockDense} from './dense/block_dense';
import type {Converter, Part} from './dense/part';
import {convertReLUPair} from './dense/relu_pair';
import {copyStandard, STANDARD_LAYERS} from './dense/standard_layer';
import {convertRegionDense, convertTriangleWave} from './dense/waves';
import {convertWHTProjection} from './dense/wht_projection';
import {convertBidirectional, convertTimeDistributed} from './dense/wrappers';
import {UniqueNames} from './unique_names';

export const CONVERTERS = {
  Bidirectional: convertBidirectional,
  BlockDense: convertBlockDense,
  RegionDense: convertRegionDense,
  ReLUPair: convertReLUPair,
  TimeDistributed: convertTimeDistributed,
  TriangleWave: convertTriangleWave,
  WHTProjection: convertWHTProjection,
  ...Object.fromEntries(STANDARD_LAYERS.map((className) => [className, copyStandard])),
} as unknown as {[className: string]: Converter<tf.layers.Layer>};

/**
 * A new model of standard TensorFlow.js layers with the same outputs: for free training, and for programs without this
 * package.
 *
 * A triangle wave becomes `depth` dense ReLU layers with 4 units a channel (a first one of 5 with inputNorm 'clip', all of
 * 6 with 'none'; twice as many with curvature 'dc'), `regionDense` the same between its linear maps, `blockDense` and
 * `whtProjection` a dense layer, `reluPair` two ReLUs a unit; standard layers are copied. All weights can be trained, and
 * then the number of regions is no longer fixed.
 * Outputs agree to 1e-6 of their size, but where slopes are steep, as those of a 'sawtooth' of 2^depth and more: there a
 * rounding of the input by 6e-8 becomes one of the output, times the slope. The new names start with those of the layers.
 * A wave touches 0 where one of its kinks is; with dense weights rounded to float32 it may miss 0 by 1e-7 there, and the next
 * ReLU bends it twice beside the kink. So an exact count of the dense model can be higher than that of the wave, by pieces of
 * such a width: count the regions before the conversion, or see how many such pieces there are in its `notes`.
 *
 * Dense kernels pay for zeros: 16 channels^2 per hidden layer of a wave, units^2 of a projection or a ReLU pair.
 *
 * @param model A built model: `tf.sequential`, or a functional one with branches, shared layers and models in it.
 * @returns A model that is not compiled: compile it with a new optimizer. A `tf.Sequential` if each layer feeds the next
 *   and nothing else. It shares no variable with `model`.
 * @throws If a layer is unknown, or would get a kernel of more than 2^24 numbers, with its name.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const dense = pw.exporters.toDense(model);
 * dense.compile({optimizer: tf.train.adam(1e-3, 0.9, 0.999, 1e-8), loss: 'meanSquaredError'});
 */
export function toDense(model: tf.Sequential): tf.Sequential;
export function toDense(model: tf.LayersModel): tf.LayersModel;
export function toDense(model: tf.LayersModel): tf.LayersModel {
  if (!(model instanceof tf.LayersModel)) {
    fail('toDense', 'model must be a tf.LayersModel', model, 'Pass what tf.sequential or tf.model returns.');
  }
  const graph = callsOf(model, 'toDense');
  const names = new UniqueNames();
  let dense: tf.LayersModel | undefined;
  // The model is not returned through tidy, which would search all of it for tensors.
  tf.tidy(() => {
    dense = isChain(model, graph) ? chain(model, graph, names) : branched(model, graph, names);
  });
  const metadata = model.getUserDefinedMetadata();
  if (metadata) dense!.setUserDefinedMetadata(metadata);
  return dense!;
}

const isChain = ({inputs, outputs}: tf.LayersModel, {calls}: ModelCalls) =>
  inputs.length === 1 &&
  outputs.length === 1 &&
  calls.every(({reads, writes}, i) => String(reads) === String(i) && String(writes) === String(i + 1));

function chain(model: tf.LayersModel, {calls}: ModelCalls, names: UniqueNames): tf.Sequential {
  const dense = tf.sequential();
  for (const {layer, weights} of calls.flatMap(({layer, inputs: [{shape}]}) => namedPartsOf(layer, shape, names))) {
    if (dense.layers.length === 0) layer.batchInputShape = model.inputs[0].shape;
    dense.add(layer);
    layer.setWeights(weights);
  }
  return dense;
}

function branched(model: tf.LayersModel, {calls, outputs}: ModelCalls, names: UniqueNames): tf.LayersModel {
  const inputNames = namesOf(model.inputs);
  const inputs = model.inputs.map(({shape, dtype}, i) =>
    tf.input({batchShape: shape, dtype, name: names.unique(inputNames[i])}),
  );
  const values: tf.SymbolicTensor[] = [...inputs];
  /** A layer that is used twice keeps sharing its weights, where its inputs have one shape. */
  const known = new Map<string, Part[]>();
  const ids = new Map<tf.layers.Layer, number>();
  for (const call of calls) {
    const {layer, reads, writes} = call;
    if (!ids.has(layer)) ids.set(layer, ids.size);
    const key = `${ids.get(layer)} ${call.inputs.map(({shape}) => `[${shape}]`)}`;
    const isNew = !known.has(key);
    if (isNew) known.set(key, namedPartsOf(layer, call.inputs[0].shape, names));
    const inputsOfCall = reads.map((read) => values[read]);
    // tfjs takes the first size of a list of one for a shape, if the layer has an inputShape.
    let x: tf.SymbolicTensor | tf.SymbolicTensor[] = inputsOfCall.length === 1 ? inputsOfCall[0] : inputsOfCall;
    for (const part of known.get(key)!) {
      x = part.layer.apply(x) as tf.SymbolicTensor | tf.SymbolicTensor[];
      if (isNew) part.layer.setWeights(part.weights);
    }
    for (const [i, value] of [x].flat().entries()) values[writes[i]] = value;
  }
  const dense = tf.model({inputs, outputs: outputs.map((output) => values[output]), name: model.name});
  return model instanceof tf.Sequential ? tf.sequential({layers: [dense]}) : dense;
}

/** The parts of a layer, their names made different from all before. */
function namedPartsOf(layer: tf.layers.Layer, inputShape: Shape, names: UniqueNames): Part[] {
  const parts = partsOf(layer, inputShape);
  for (const part of parts) part.layer.name = names.unique(part.layer.name);
  return parts;
}

function partsOf(layer: tf.layers.Layer, inputShape: Shape): Part[] {
  if (isModel(layer)) {
    const dense = toDense(layer);
    return [{layer: dense, weights: dense.getWeights()}];
  }
  const className = layer.getClassName();
  if (!Object.hasOwn(CONVERTERS, className)) {
    fail(
      `toDense, layer ${layer.name}`,
      `the class must be one of ${Object.keys(CONVERTERS).join(', ')}`,
      className,
      'Convert the layers before and after it, as models of their own.',
    );
  }
  return CONVERTERS[className](layer, inputShape, partsOf);
}
