import type {Describe} from '../../kernel';
import {theWorkspace} from './workspace';

export const describe: Describe = () =>
  theWorkspace()
    ? {path: 'SIMD module, on copies of the tensors'}
    : {
        path: 'loops in JavaScript',
        advice: 'Use an engine with WebAssembly SIMD, and let the page compile WebAssembly (CSP).',
      };
