import {type Remote, useBrowser} from '../support/browser';
import {expectClose} from '../support/close';
import {HALF_PRECISION} from './backends';

type Script = typeof import('./webgl.page');
const openPage = useBrowser<Script>(`${__dirname}/webgl.page.ts`);
let page: Remote<Script>;

describe('webgl', () => {
  beforeAll(async () => {
    page = await openPage();
    expect(await page.startBackend('webgl', {})).toMatchObject({backend: 'webgl', webgl: 2, textureBits: 32});
  });

  it.each([
    {shape: [2 ** 20], n: 2 ** 20},
    {shape: [3, 2 ** 17], n: 2 ** 17},
  ])('walshHadamard of $shape: relative error at most 5e-7', async ({shape, n}) => {
    const errors = await page.transformErrors(shape, n);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBeLessThanOrEqual(5e-7);
  });

  // One row is transformed as a matrix, several are not.
  it.each([4, 32, 1024, 8192])('a row of %i alone gives what it gives beside another', async (n) => {
    for (const {one, two} of await page.oneRowAndTwo(n)) {
      expect(one.length).toBe(n);
      expectClose([...one, ...one], two, {relative: 1e-6});
    }
  });

  it('1000 calls of ops with their gradients leave neither a tensor nor a byte of a texture behind', async () => {
    expect(await page.leaksAfter(250)).toEqual({tensors: 0, bytes: 0});
  });

  it('second derivatives are those of the cpu backend', async () => {
    const actual = await page.secondDerivatives();
    await page.startBackend('cpu', {});
    const expected = await page.secondDerivatives();
    await page.startBackend('webgl', {});
    expect(actual.length).toBe(8);
    for (const [i, values] of expected.entries()) expectClose(actual[i], values, {relative: 1e-5});
  });

  it('has every kernel but those that are made of others and the optimizer, and says how they run', async () => {
    const {path, advice, kernels} = await page.backendReport();
    expect({path, advice}).toEqual({path: 'GLSL, radix-16 passes', advice: undefined});
    expect(Object.keys(kernels).filter((name) => kernels[name] === 'portable')).toEqual([
      'SelectedWalshHadamard',
      'WHTReLUPairForward',
      'WHTReLUPairBackward',
      'WHTReLUPairGradient',
      'WHTReLUPairSlopes',
      'ExpandUnits',
      'DenseUnits',
      'DenseUnitsGradient',
      'TransposedMatMul',
      'SoftmaxCrossEntropy',
      'SoftmaxCrossEntropyGradient',
      'AdamW',
    ]);
  });
});

it('webgl with 16-bit textures advises other backends', async () => {
  page = await openPage();
  await page.startBackend('webgl', HALF_PRECISION.flags!);
  expect((await page.backendReport()).advice).toMatch(/16 bits .*webgpu or wasm/);
});

it('webgl refuses a tensor that no texture can hold, in the words of tfjs', async () => {
  page = await openPage();
  await page.startBackend('webgl', {WEBGL_MAX_TEXTURE_SIZE: 64});
  await expect(page.transformErrors([2 ** 16], 2 ** 16)).rejects.toThrow(
    /Requested texture size .* greater than WebGL maximum/,
  );
});
