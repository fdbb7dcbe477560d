import * as tf from '@tensorflow/tfjs';
import {ROWS} from '../../layers/layer_cases';
import {randomNet} from '../../oracle/random/net';
import {uniform} from '../../support/random';
import {outputsOf} from './cases';
import {beyondKeras, disturb, everyLayer} from './every_layer';
import {LAYER_ROWS, modelOf, RESIZING_ROWS} from './layer_rows';
import {randomWindows} from './random_windows';

/** A model, and what it gives for some samples. */
export interface ProgramCase {
  readonly title: string;
  readonly model: tf.LayersModel;
  readonly inputs: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
}

const SAMPLES = 3;

function caseOf(title: string, model: tf.LayersModel, run?: (inputs: tf.Tensor[]) => tf.Tensor): ProgramCase {
  const numbers = tf.tidy(() => {
    const inputs = model.inputs.map(({shape}, i) => {
      const full = [SAMPLES, ...(shape.slice(1) as number[])];
      return tf.tensor(uniform(tf.util.sizeFromShape(full), i + 1, -1, 2), full);
    });
    const outputs = run ? [run(inputs).dataSync<'float32'>()] : outputsOf(model, inputs);
    return {inputs: inputs.map((x) => x.dataSync<'float32'>()), outputs} as never;
  }) as Pick<ProgramCase, 'inputs' | 'outputs'>;
  return {title, model, ...numbers};
}

/** Every layer, in all its configurations that specs have. */
export function layerCases(): ProgramCase[] {
  const single = ROWS.map(({title, make, inputShape}) => {
    const model = tf.sequential({layers: [make({inputShape})]});
    disturb(model);
    return caseOf(title, model);
  });
  const rows = [...LAYER_ROWS, ...RESIZING_ROWS].map((row) => {
    const model = modelOf(row);
    disturb(model);
    // No model runs these in tfjs.
    const alone = RESIZING_ROWS.includes(row);
    return caseOf(row.title, model, alone ? ([x]) => model.layers[1].apply(x) as tf.Tensor : undefined);
  });
  return [caseOf('every layer', everyLayer()), caseOf('beyond Keras', beyondKeras()), ...single, ...rows];
}

/** Random layers of windows. */
export function windowCases(count: number): ProgramCase[] {
  const random = randomWindows(count);
  return Array.from({length: count}, () => {
    const {model, title} = random();
    return caseOf(title, model);
  });
}

/**
 * Random networks of a few layers each, of those that tfjs can run. Not with weights as far apart as 1e-6 and 1e13: where terms of
 * 1e13 cancel, what is left in float32 is the order of the sum, and a sigmoid makes 0 or 1 of it.
 */
export function randomCases(count: number): ProgramCase[] {
  const cases: ProgramCase[] = [];
  for (let seed = 5000; cases.length < count; seed++) {
    const {model, kinds} = randomNet(seed);
    if (model.layers.every(canRun) && !kinds.includes('weights: extremes'))
      cases.push(caseOf(`random network ${seed}: ${kinds.join(', ')}`, model));
  }
  return cases;
}

/** Whether tfjs runs a layer in a model. */
export function canRun(layer: tf.layers.Layer): boolean {
  const {axis} = layer.getConfig();
  const last = [layer.outputShape].flat().length - 1;
  return layer.getClassName() !== 'Softmax' || axis === -1 || axis === last;
}

/** The titles of those whose outputs differ by more than a share of the largest, with how much. */
export function differing(
  cases: readonly ProgramCase[],
  outputsOf: (one: ProgramCase, number: number) => readonly ArrayLike<number>[],
  share: number,
): string[] {
  return cases.flatMap((one, number) => {
    const own = outputsOf(one, number);
    const far = one.outputs.flatMap((expected, i) => {
      const size = Math.max(1, ...expected.map(Math.abs));
      const error = Math.max(...expected.map((value, k) => Math.abs(value - own[i][k])));
      return own[i].length === expected.length && error <= share * size ? [] : [error / size];
    });
    return far.length > 0 ? [`${one.title}: ${far}`] : [];
  });
}
