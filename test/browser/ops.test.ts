import {type Remote, useBrowser} from '../support/browser';
import {expectClose} from '../support/close';
import {centralDifference} from '../support/gradient';
import {normal} from '../support/random';
import {LARGE_OR_STRANGE, SMALL} from './op_cases';
import type {Flags} from './start_backend';

interface Backend {
  /** Starts with the name of the backend: the reporter of the run reads it there. */
  title: string;
  name: string;
  flags?: Flags;
  /** What must have started, besides the backend. */
  started?: {webgl?: number; wasm?: string; simd?: boolean};
}

const BACKENDS: Backend[] = [
  {title: 'cpu in Chromium', name: 'cpu'},
  {
    title: 'wasm with threads and SIMD',
    name: 'wasm',
    started: {wasm: 'tfjs-backend-wasm-threaded-simd.wasm', simd: true},
  },
  {
    title: 'wasm with SIMD, without threads',
    name: 'wasm',
    flags: {WASM_HAS_MULTITHREAD_SUPPORT: false},
    started: {wasm: 'tfjs-backend-wasm-simd.wasm', simd: true},
  },
  {
    title: 'wasm without them',
    name: 'wasm',
    flags: {WASM_HAS_SIMD_SUPPORT: false, WASM_HAS_MULTITHREAD_SUPPORT: false},
    started: {wasm: 'tfjs-backend-wasm.wasm', simd: false},
  },
  {title: 'webgl, version 2', name: 'webgl', started: {webgl: 2}},
  {title: 'webgl, version 1', name: 'webgl', flags: {WEBGL_VERSION: 1}, started: {webgl: 1}},
  {title: 'webgpu in Chromium', name: 'webgpu'},
];

type Script = typeof import('./ops.page');
const openPage = useBrowser<Script>(`${__dirname}/ops.page.ts`);

describe.each(BACKENDS)('$title', ({name, flags = {}, started}) => {
  let page: Remote<Script>;

  beforeAll(async () => {
    page = await openPage();
    expect(await page.startBackend(name, flags)).toMatchObject({backend: name, ...started});
  });

  it.each(SMALL)('$title, and its gradients', async ({op, inputs, axis = -1, expected, relative}) => {
    const values = inputs.map((input) => Float64Array.from(input.values));
    const reference = expected(...values);
    const dy = normal(reference.length, 10);
    const result = await page.evaluate(op, inputs, axis, Array.from(dy));
    expect(result.leaked).toBe(0);
    expectClose(result.value, reference, {relative});
    for (const [i, gradient] of result.gradients.entries()) {
      const loss = (x: Float64Array) => dot(dy, expected(...values.map((value, k) => (k === i ? x : value))));
      expectClose(gradient, centralDifference(loss, values[i]), {relative});
    }
    expect(result.gradients.length).toBe(inputs.length);
  });

  it.each(LARGE_OR_STRANGE)('$title', async ({op, inputs, axis = -1, expected}) => {
    const result = await page.evaluate(op, inputs, axis);
    expect(result.leaked).toBe(0);
    expectClose(result.value, expected(...inputs.map((input) => Float64Array.from(input.values))));
  });
});

describe('webgl with 16-bit textures, as on many phones', () => {
  let page: Remote<Script>;

  beforeAll(async () => {
    page = await openPage();
    await page.startBackend('webgl', {WEBGL_FORCE_F16_TEXTURES: true});
  });

  // Not triangleWave: near a kink, 11 bits do not tell on which side a value lies. Nor infinities: such textures lose
  // them, in tf.mul as well.
  const cases = [
    ...SMALL.filter(({op}) => op !== 'triangleWave'),
    ...LARGE_OR_STRANGE.filter(({op}) => op === 'walshHadamard'),
  ];
  it.each(cases)('$title', async ({op, inputs, axis = -1, expected}) => {
    const {value} = await page.evaluate(op, inputs, axis);
    expectClose(value, expected(...inputs.map((input) => Float64Array.from(input.values))), {relative: 2 ** -9});
  });
});

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
