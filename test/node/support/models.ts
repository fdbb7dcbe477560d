import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** A new empty folder for every test, removed after it. */
export function temporaryFolder(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'node-io-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));
  return () => folder;
}

/** Two dense layers, 4 -> 5 -> 2: 37 parameters, 148 bytes. */
export function denseModel(seed: number): tf.Sequential {
  const kernelInitializer = (offset: number) => tf.initializers.glorotUniform({seed: seed + offset});
  return tf.sequential({
    layers: [
      tf.layers.dense({inputShape: [4], units: 5, activation: 'relu', kernelInitializer: kernelInitializer(0)}),
      tf.layers.dense({units: 2, kernelInitializer: kernelInitializer(1)}),
    ],
  });
}

/** The outputs of a model for fixed inputs. */
export function outputs(model: tf.LayersModel): Float32Array {
  return tf.tidy(() => {
    const x = tf.linspace(-2, 2, 24).reshape([6, 4]);
    return (model.predict(x) as tf.Tensor).dataSync<'float32'>();
  });
}

export async function trainSteps(model: tf.LayersModel, steps: number): Promise<void> {
  const x = tf.linspace(-1, 1, 32).reshape([8, 4]) as tf.Tensor2D;
  const y = tf.linspace(0, 1, 16).reshape([8, 2]) as tf.Tensor2D;
  await model.fit(x, y, {epochs: steps, shuffle: false, verbose: 0});
  tf.dispose([x, y]);
}

export function dispose(...models: tf.LayersModel[]): void {
  for (const model of models) model.dispose();
}
