import {findBackend} from '@tensorflow/tfjs';
import {findAddon} from './addon';
import type {TensorFlowBackend} from './backend';

/** The way our kernels take on the backend tensorflow, and how to get a faster one. */
export function describe(): {path: string; advice?: string} {
  const backend = findBackend('tensorflow') as unknown as TensorFlowBackend | null;
  if (!backend) {
    return {path: 'none', advice: 'There is no backend tensorflow: import TensorFlow.js for Node first.'};
  }
  const {addon, advice} = findAddon(backend);
  if (!addon) return {path: 'Kronecker products of TensorFlow ops', advice};
  const {instructions, threads} = addon;
  return {path: `own TensorFlow op, ${instructions}, ${threads} thread${threads === 1 ? '' : 's'}`};
}
