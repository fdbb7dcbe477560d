import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import {measureGpu} from './measure';

Object.assign(window, {
  async measure(seconds: number) {
    if (!(await navigator.gpu?.requestAdapter())) throw new Error('no adapter of WebGPU');
    await tf.setBackend('webgpu');
    return measureGpu('Chromium', seconds, console.log);
  },
});
