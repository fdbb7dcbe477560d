import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/** A small model of every layer, compiled. */
export function everyLayer(seed: number): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({seed});
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: 16, kernelInitializer, inputShape: [6]}),
      pw.layers.whtProjection({units: 32, seed, activation: 'reluPair'}),
      pw.layers.whtProjection({units: 32, seed: seed + 1, trainableSigns: true, inputNorm: 'sphere'}),
      pw.layers.reluPair({parametricFraction: 0.5, seed, useBias: true}),
      pw.layers.triangleWave({depth: 3, curvature: 'dc', inputNorm: 'sigmoid', seed}),
      pw.layers.regionDense({units: 8, depth: 3, inputNorm: 'batchNorm+sigmoid', seed}),
      pw.layers.blockDense({size: 2, seed}),
      tf.layers.dense({units: 1, kernelInitializer}),
    ],
  });
  model.compile({optimizer: tf.train.adam(1e-3), loss: 'meanSquaredError'});
  return model;
}

/** The least model of every layer, for many steps: a step costs what tfjs takes for each call of a kernel. */
export function leastModel(seed: number): tf.Sequential {
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 8, seed, activation: 'reluPair', trainableSigns: true, inputShape: [6]}),
      pw.layers.reluPair({parametricFraction: 0.5, seed}),
      pw.layers.triangleWave({depth: 2, inputNorm: 'sigmoid', seed}),
      pw.layers.blockDense({size: 2, seed}),
      pw.layers.regionDense({units: 1, depth: 2, seed}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(1e-4), loss: 'meanSquaredError'});
  return model;
}

/** Numbers by a formula, and a curved function of them. */
export function batchOf(step: number): [x: tf.Tensor2D, y: tf.Tensor2D] {
  const values = Float32Array.from({length: 16 * 6}, (_, k) => Math.sin(k * 12.9898 + (step % 64) * 78.233));
  const x = tf.tensor2d(values, [16, 6]);
  const y = tf.tidy(() => tf.sum(tf.square(x), 1, true)) as tf.Tensor2D;
  return [x, y];
}
