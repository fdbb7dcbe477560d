import type * as tf from '@tensorflow/tfjs';
import {type Names, requireOneOf, requireOptions} from '../errors';
import {Collector} from './litert/collector';
import {liteRTOperations} from './litert/operations';
import {modelBytes} from './litert/schema';
import {LITERT_WEIGHT_TYPES, type LiteRTWeightType, stored} from './litert/weights';
import {lowerModel} from './lower/lower_model';
import {type Graph, translate, type Value} from './lower/operations';
import {withMatrixProducts} from './lower/transform';
import {plainName} from './unique_names';

/** Options of `toLiteRT`. */
export interface ToLiteRTOptions {
  /**
   * How weights are stored: 'float32' as they are, 'float16' with 11 significant bits, 'int8' as one of 255 multiples of a scale,
   * one for each output of a kernel with 64 inputs or more. Dense kernels and those of convolutions with such scales are multiplied as
   * bytes, with inputs that are rounded to 8 bits as they come, so these must be finite. Fewer than 64 numbers, and those that bend
   * waves, stay as they are.
   */
  weights?: LiteRTWeightType;
}

const OPTIONS: Names<ToLiteRTOptions> = {weights: true};

/**
 * A LiteRT (TensorFlow Lite) model of built-in operations with the same outputs: for Android, iOS, LiteRT.js, the Python
 * packages ai-edge-litert and TensorFlow, and all that reads .tflite.
 *
 * A `whtProjection` is a product with a diagonal and products with Hadamard matrices of order 32 at most, never n x n;
 * the others are what their weights stand for. Random signs take a byte each. Images have their channels last. The size of a
 * batch is 1 until a program resizes the inputs. All other short weights become float32 when a program starts. What
 * `model.setUserDefinedMetadata` wrote is metadata of the file, and inputs and outputs have their names in the signature
 * 'serving_default'.
 *
 * @param model A built layers model of the layers that `toOnnx` takes.
 * @param options How weights are stored.
 * @returns The bytes of a .tflite file, schema version 3.
 * @throws If a layer or an option is unknown, with its name, an input is not float32, or weights that shall be shortened are not
 *   finite.
 *
 * @example
 * import {writeFile} from 'node:fs/promises';
 * await writeFile('model.tflite', await pw.exporters.toLiteRT(model, {weights: 'int8'}));
 */
export async function toLiteRT(model: tf.LayersModel, options: ToLiteRTOptions = {}): Promise<Uint8Array> {
  const who = 'toLiteRT';
  requireOptions(options, OPTIONS, who);
  const weights = requireOneOf(options.weights ?? 'float32', 'weights', who, LITERT_WEIGHT_TYPES);
  return writeLiteRT(await lowerModel(model, who), model, weights, who);
}

/** The bytes of a .tflite file. */
export function writeLiteRT(lowered: Graph, model: tf.LayersModel, weights: LiteRTWeightType, who: string): Uint8Array {
  const graph = withMatrixProducts(lowered);
  // What divides bends a wave where another number, which must fit it, bends it back.
  const divisors = new Set<Value>(graph.operations.flatMap(({kind, inputs}) => (kind === 'div' ? [inputs[1]] : [])));
  const collector = new Collector(graph.uniqueName, (weight) => stored(weight, weights, who), divisors);
  const inputs = graph.inputs.map((value) => collector.of(value));
  const operations = liteRTOperations(collector);
  for (const operation of graph.operations) translate(operation, operations);
  const {tensors, steps} = collector;
  const outputs = graph.outputs.map((value) => collector.of(value));
  return modelBytes({name: plainName(model.name), tensors, steps, inputs, outputs, metadata: metadataOf(model)});
}

/** Texts as they are, other values as JSON. */
function metadataOf(model: tf.LayersModel): {[key: string]: string} {
  const all = Object.entries(model.getUserDefinedMetadata() ?? {});
  return Object.fromEntries(
    all.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
