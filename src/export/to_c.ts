import type * as tf from '@tensorflow/tfjs';
import {type Names, requireOneOf, requireOptions} from '../errors';
import {aboutOf} from './about';
import {requireName} from './c/names';
import {headerText, sourceText} from './c/source';
import {lowerModel} from './lower/lower_model';
import {programOf} from './program/program';
import {storedOf, WEIGHT_TYPES, type WeightType} from './program/weights';

/** Options of `toC`. */
export interface ToCOptions {
  /**
   * How weights are stored: 'float32' as they are, 'float16' with 11 significant bits, 'uint8' as one of 256 values between the
   * least and the largest of their kernel or channel. Fewer than 16 numbers, and those that bend waves, stay as they are.
   */
  weights?: WeightType;
  /** The name of the function and of its header, 'model' if none is given. All that is global begins with it. */
  name?: string;
}

/** A model as code of C. */
export interface CSource {
  /** The text of NAME.c. */
  readonly source: string;
  /** The text of NAME.h, which the source includes. */
  readonly header: string;
}

const OPTIONS: Names<ToCOptions> = {weights: true, name: true};

/**
 * C99 with the same outputs: for microcontrollers, and all else that has a C compiler.
 *
 * The function is `void NAME(const float *x, float *y)`, for one sample; a model of several inputs or outputs has that many
 * pointers, in the order of the model. It allocates nothing: weights are `const`, the work space is static, with its size in the
 * header (NAME_WORK_BYTES beside NAME_INPUT_SIZE and NAME_OUTPUT_SIZE, in capitals). It needs no library, but for
 * `math.h` where an activation does. Projections are fast transforms, n log2(n) additions, whose random signs are computed from
 * their seed. Shortened weights are read as they are stored. `NAME_labels` are there if `model.setUserDefinedMetadata` was given
 * a list of texts `labels`.
 *
 * @param model A built layers model of the layers that `toOnnx` takes.
 * @param options How weights are stored, and the name.
 * @returns The text of the source file and that of its header.
 * @throws If a layer or an option is unknown, with its name, a name means something in C already, a size other than that of the
 *   batch is not known, or weights that shall be shortened are not finite.
 *
 * @example
 * import {writeFile} from 'node:fs/promises';
 * const {source, header} = await pw.exporters.toC(model, {weights: 'uint8', name: 'digits'});
 * await writeFile('digits.c', source);
 * await writeFile('digits.h', header);
 */
export async function toC(model: tf.LayersModel, options: ToCOptions = {}): Promise<CSource> {
  const who = 'toC';
  requireOptions(options, OPTIONS, who);
  const weights = requireOneOf(options.weights ?? 'float32', 'weights', who, WEIGHT_TYPES);
  const name = requireName(options.name ?? 'model', who);
  const graph = await lowerModel(model, who);
  const program = programOf(graph, who);
  const about = aboutOf(model);
  const source = sourceText(program, storedOf(program, graph, weights, who), about, name);
  return {source, header: headerText(program, about, name)};
}
