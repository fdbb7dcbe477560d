import type {Describe} from '../../kernel';
import {workspaceOf} from './walsh_hadamard';

export const describe: Describe = () =>
  workspaceOf(0)
    ? {path: 'transforms in the SIMD module of wasm, with copies; the rest by loops in JavaScript'}
    : {
        path: 'loops in JavaScript',
        advice: 'Use an engine with WebAssembly SIMD, and let the page compile WebAssembly (CSP).',
      };
