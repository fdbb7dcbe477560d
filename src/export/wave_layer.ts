import * as tf from '@tensorflow/tfjs';
import type {WaveLayer} from '../layers/wave_layer';
import {type Affine, requireKernelSize} from './part';
import {weightsOf} from './source';
import {type Outside, waveNetwork} from './wave_network';

const OUTSIDE: {[norm in WaveLayer['inputNorm']]: Outside} = {sigmoid: 'never', clip: 'clip', none: 'line'};

/** The affine maps of a layer's functions, of u for 'sigmoid', else of its input; ReLUs between. */
export function waveMaps(layer: WaveLayer): Affine[] {
  const {slope, intercept} = weightsOf(layer);
  const widest = 6 * slope.size;
  requireKernelSize(widest, widest, layer);
  const waves = {...layer.wave(slope), slope, intercept: intercept ?? tf.zerosLike(slope)};
  return waveNetwork({...waves, sign: layer.curvature === 'convex' ? -1 : 1}, OUTSIDE[layer.inputNorm]);
}
