import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';

const {dense, flatten} = tf.layers;
const sequential = (...all: tf.layers.Layer[]) => tf.sequential({layers: all});

/** Those of {@link MODELS} whose units have learned functions of many pieces. */
export const WAVE_MODELS: [title: string, make: () => tf.LayersModel][] = [
  [
    'triangleWave',
    () =>
      sequential(
        layers.triangleWave({depth: 3, scale: 'train', inputShape: [2]}),
        layers.triangleWave({depth: 2, curvature: 'concave', inputNorm: 'none'}),
      ),
  ],
  [
    'regionDense',
    () =>
      sequential(
        layers.regionDense({units: 3, subnets: 2, depth: 2, inputNorm: 'clip', activation: 'relu', inputShape: [2, 2]}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'triangleWave with free scales, trainable factors and a domain, clamped',
    () =>
      sequential(
        layers.triangleWave({depth: 3, scaling: 'free', curvature: 'signed', domain: [-1, 1], inputShape: [2]}),
        layers.triangleWave({depth: 2, scale: 0.25, tailPeak: 0.5, inputNorm: 'none', outside: 'clamp'}),
      ),
  ],
  [
    'triangleWave that folds',
    () =>
      sequential(
        dense({units: 3, inputShape: [2]}),
        layers.triangleWave({depth: 2, inputNorm: 'fold'}),
        layers.triangleWave({depth: 3, curvature: 'signed', inputNorm: 'fold', domain: [-0.3, 0.4]}),
        dense({units: 2, activation: 'relu'}),
      ),
  ],
  [
    'regionDense that folds',
    () =>
      sequential(
        layers.regionDense({units: 2, subnets: 2, depth: 1, inputNorm: 'fold', curvature: 'dc', inputShape: [2]}),
      ),
  ],
  [
    'triangleWave as a sawtooth, then by Takagi',
    () =>
      sequential(
        layers.triangleWave({depth: 3, scaling: 'sawtooth', inputNorm: 'none', inputShape: [2]}),
        layers.triangleWave({depth: 3, scaling: 'takagi', domain: [0, 2]}),
      ),
  ],
  [
    'triangleWave as a difference of two waves',
    () =>
      sequential(
        layers.triangleWave({depth: 3, curvature: 'dc', scale: 'train', domain: [-1, 1], inputShape: [2]}),
        layers.triangleWave({depth: 2, curvature: 'dc', scaling: 'free', scale: 0.25, inputNorm: 'none'}),
      ),
  ],
  [
    'regionDense as a difference of two waves',
    () =>
      sequential(
        layers.regionDense({units: 2, subnets: 3, depth: 2, curvature: 'dc', inputNorm: 'clip', inputShape: [2]}),
        layers.triangleWave({depth: 2, curvature: 'dc', scaling: 'takagi', domain: [0, 2]}),
      ),
  ],
];
