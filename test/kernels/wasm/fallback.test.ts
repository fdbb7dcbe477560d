/** @slow */

import * as tf from '@tensorflow/tfjs';
import {backendReport} from 'tfjs-piecewise';
import {projection} from '../../../src/kernels/simd/projection';
import type {WasmBackend} from '../../../src/kernels/wasm/backend';
import {instanceIn} from '../../../src/kernels/wasm/execute';
import {useBackend} from '../../support/backend';
import {checkRow} from '../check_row';
import {TABLE} from '../table';

useBackend();

const backend = () => tf.backend() as unknown as WasmBackend;

/** The same heap, as an object that has not been met before, with some properties replaced. */
function replaceModule(properties: object): () => void {
  const own = backend();
  const {wasm} = own;
  own.wasm = Object.assign(Object.create(wasm), properties);
  return () => {
    own.wasm = wasm;
  };
}

it('tfjs has a memory that our module can use', () => expect(instanceIn(backend(), projection)).not.toBeNull());

/** What is in the way, what the report then advises, and how to put it there. */
const OBSTACLES: [string, string, () => () => void][] = [
  ['the memory cannot be reached', 'cannot be reached: use version 4.22', () => replaceModule({asm: undefined})],
  [
    'what is in its place is no memory',
    'The module did not start',
    () => replaceModule({asm: {memory: {buffer: new ArrayBuffer(8)}}}),
  ],
  [
    'the engine has no SIMD',
    'use an engine with WebAssembly SIMD',
    () => {
      const restore = replaceModule({});
      const validate = jest.spyOn(WebAssembly, 'validate').mockReturnValue(false);
      return () => {
        validate.mockRestore();
        restore();
      };
    },
  ],
  [
    'the user has switched SIMD off',
    'do not set the flag WASM_HAS_SIMD_SUPPORT',
    () => {
      const restore = replaceModule({});
      tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
      return () => {
        tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
        restore();
      };
    },
  ],
];

describe.each(OBSTACLES)('loops in JavaScript serve where %s:', (_, advice, obstruct) => {
  let restore: () => void;
  beforeAll(() => {
    restore = obstruct();
  });
  afterAll(() => restore());

  it('the module does not, and the report says why', () => {
    expect(instanceIn(backend(), projection)).toBeNull();
    expect(backendReport()).toMatchObject({path: 'loops in JavaScript', advice: expect.stringContaining(advice)});
  });
  it.each(TABLE)('%s', async (_, rows) => {
    for (const row of rows) await checkRow(row);
  });
});
