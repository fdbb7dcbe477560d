import type {Describe} from '../../engine';
import {projection} from '../simd/projection';
import {workspaceOf} from './workspace';

/** The needs of both modules: what one needs, the other needs. */
export const describe: Describe = () =>
  workspaceOf(projection)
    ? {path: 'SIMD module, on copies of the tensors'}
    : {
        path: 'loops in JavaScript',
        advice: 'Use an engine with WebAssembly SIMD, and let the page compile WebAssembly (CSP).',
      };
