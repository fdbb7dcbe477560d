import * as tf from '@tensorflow/tfjs';
import type {Describe} from '../../engine';

export const describe: Describe = () => {
  const path = 'GLSL, radix-16 passes';
  if (tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return {path};
  return {path, advice: 'Textures of 16 bits keep 3 digits: use webgpu or wasm for more.'};
};
