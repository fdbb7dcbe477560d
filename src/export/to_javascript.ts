import type * as tf from '@tensorflow/tfjs';
import {type Names, requireBoolean, requireOneOf, requireOptions} from '../errors';
import {aboutOf} from './about';
import {moduleText} from './javascript/module';
import {simdOf} from './javascript/simd/kernels';
import {typesText} from './javascript/types';
import {lowerModel} from './lower/lower_model';
import {programOf} from './program/program';
import {storedOf, WEIGHT_TYPES, type WeightType} from './program/weights';

/** Options of `toJavaScript`. */
export interface ToJavaScriptOptions {
  /**
   * How weights are stored: 'float32' as they are, 'float16' with 11 significant bits, 'uint8' as one of 256 values between the
   * least and the largest of their kernel or channel. Fewer than 16 numbers, and those that bend waves, stay as they are.
   */
  weights?: WeightType;
  /** An ES module, or one of CommonJS for `require`. */
  format?: 'esm' | 'commonjs';
  /**
   * Whether the module also holds the steps in WebAssembly with SIMD, in its own text: 2 to 13 times as fast, with 2 to 14 kB
   * more. False if not said. Without WebAssembly, or where a page forbids to compile it, the JavaScript beside it runs.
   */
  simd?: boolean;
}

/** A model as a module, and what TypeScript is to know of it. */
export interface JavaScriptModule {
  /** The text of a .mjs or .js file; with format 'commonjs' of a .cjs file. */
  readonly source: string;
  /** The text of the .d.mts, .d.ts or .d.cts file beside it. */
  readonly types: string;
}

const OPTIONS: Names<ToJavaScriptOptions> = {weights: true, format: true, simd: true};

/**
 * One JavaScript module with the same outputs and no imports: for pages, workers, Node, Deno and Bun that only predict.
 *
 * It exports `predict(input)`, which takes a sample, several one after the other, or rows, and gives a Float32Array; a model of
 * several inputs takes an object of them by name, one of several outputs gives such an object. It also exports `inputs` and
 * `outputs` with their names and shapes; what `model.setUserDefinedMetadata` wrote as `metadata`, and `labels` if that is a list
 * of texts in it. Projections are fast transforms, n log2(n) additions, whose random signs come from their seed. Nothing is
 * evaluated: it works under a strict Content Security Policy. With `simd` the module compiles WebAssembly as it loads, which
 * such a policy allows by 'wasm-unsafe-eval'; where it does not, the module goes on without.
 *
 * Values agree with the backend cpu to 1e-6 of the largest with weights 'float32'; sums are in doubles, with `simd` in single
 * precision. The work space is fixed, and the module does one sample after the other.
 *
 * @param model A built layers model of the layers that `toOnnx` takes.
 * @param options How weights are stored, the kind of module, and whether it has WebAssembly.
 * @returns The text of the module and that of its types.
 * @throws If a layer or an option is unknown, with its name, a size other than that of the batch is not known, or weights that
 *   shall be shortened are not finite.
 *
 * @example
 * import {writeFile} from 'node:fs/promises';
 * const {source, types} = await pw.exporters.toJavaScript(model, {weights: 'uint8'});
 * await writeFile('model.mjs', source);  // import {predict} from './model.mjs'
 * await writeFile('model.d.mts', types);
 */
export async function toJavaScript(
  model: tf.LayersModel,
  options: ToJavaScriptOptions = {},
): Promise<JavaScriptModule> {
  const who = 'toJavaScript';
  requireOptions(options, OPTIONS, who);
  const weights = requireOneOf(options.weights ?? 'float32', 'weights', who, WEIGHT_TYPES);
  const format = requireOneOf(options.format ?? 'esm', 'format', who, ['esm', 'commonjs']);
  const simd = requireBoolean(options.simd ?? false, 'simd', who);
  const graph = await lowerModel(model, who);
  const program = programOf(graph, who);
  const about = aboutOf(model);
  const source = moduleText(
    program,
    storedOf(program, graph, weights, who),
    about,
    format,
    simd ? simdOf(program) : null,
  );
  return {source, types: typesText(program, about)};
}
