import type {Describe} from '../../engine';
import {findAddon} from './addon';
import type {TensorFlowBackend} from './backend';

export const describe: Describe = (backend) => {
  const {addon, advice} = findAddon(backend as TensorFlowBackend);
  if (!addon) return {path: 'Kronecker products of TensorFlow ops', advice};
  const {instructions, threads} = addon;
  return {path: `own TensorFlow op, ${instructions}, ${threads} thread${threads === 1 ? '' : 's'}`};
};
