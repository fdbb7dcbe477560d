/** @slow */

import {execFileSync} from 'node:child_process';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {ensureBuild, ROOT} from './build';

beforeAll(ensureBuild, 120_000);

/** The minified bundle of a program that uses the built package; tfjs itself stays outside. */
async function bundle(
  program: string,
  platform: 'browser' | 'node' = 'browser',
): Promise<{text: string; gzip: number}> {
  const {outputFiles} = await build({
    stdin: {contents: program, resolveDir: ROOT},
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform,
    external: ['@tensorflow/*', 'highs'],
  });
  return {text: outputFiles[0].text, gzip: gzipSync(outputFiles[0].contents).length};
}

const CLASSES = ['"WHTProjection"', '"ReLUPair"', '"TriangleWave"', '"RegionDense"', '"BlockDense"'];

// 2 kB are AdamW: models that were saved with it must load. 0.2 kB are the kernels of the dense layer, and the bias in that which expands;
// 0.3 kB the loops of the cross entropy, 0.3 kB those of several long rows.
it('a bare import keeps the registration of layers, optimizers and kernels, in 43.2 kB', async () => {
  const {text, gzip} = await bundle(`import 'tfjs-piecewise'`);
  for (const name of [...CLASSES, '"AdamW"']) expect(text).toContain(name);
  expect(text).not.toContain('oneCycle'); // nothing of a schedule is registered
  expect(text).not.toContain('of the variance'); // nor of fitCurve
  for (const backend of ['"cpu"', '"wasm"', '"webgl"', '"webgpu"']) expect(text).toContain(backend);
  expect(text).not.toContain('"tensorflow"'); // which runs in Node only
  expect(gzip).toBeLessThan(43_200);
});

it.each(['browser', 'node'] as const)(
  'such a bundle for %s, when it runs, registers layers and kernels',
  async (platform) => {
    const program = `
    import 'tfjs-piecewise';
    import * as tf from '@tensorflow/tfjs';
    const {classNameMap} = tf.serialization.SerializationMap.getMap();
    const kernels = ['cpu', 'wasm', 'webgl', 'webgpu', 'tensorflow'].map((backend) => Boolean(tf.getKernel('WalshHadamard', backend)));
    process.stdout.write(JSON.stringify({layers: Object.keys(classNameMap), kernels}));
  `;
    const {text} = await bundle(program, platform);
    const args = ['--input-type=module', '-e', text];
    const {layers, kernels} = JSON.parse(execFileSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8'}));
    expect(layers).toEqual(expect.arrayContaining(CLASSES.map((name) => JSON.parse(name))));
    expect(kernels).toEqual([true, true, true, true, platform === 'node']);
  },
);

it('one layer by its subpath brings its op, and neither other layers nor kernels, in 12 kB', async () => {
  const {text, gzip} = await bundle(`import {whtProjection} from 'tfjs-piecewise/layers'; console.log(whtProjection)`);
  expect(text).toContain('"WHTProjection"');
  expect(text).not.toContain('"RegionDense"');
  expect(text).not.toContain('"tensorflow"');
  expect(gzip).toBeLessThan(12_000);
});

it.each(['cpu', 'wasm', 'webgl', 'webgpu', 'tensorflow'])(
  'the layers of the projection and its kernels for %s come in 19 kB, without the waves',
  async (backend) => {
    const {text, gzip} = await bundle(
      `import {reluPair, whtProjection} from 'tfjs-piecewise/layers'; import 'tfjs-piecewise/${backend}/projection';
       console.log(reluPair, whtProjection)`,
      backend === 'tensorflow' ? 'node' : 'browser',
    );
    for (const name of ['"WHTProjection"', '"ReLUPair"', 'WHTReLUPairGradient', `"${backend}"`]) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('TriangleWave');
    expect(gzip).toBeLessThan(19_000);
  },
);

// Ceilings: what they are now, rounded up to 100 bytes. A change that needs more should say why. The layers alone have
// 16 kB, 7 of them the waves with their options. 1.8 kB are the refusal of unknown options with the nearest known one, seeds
// by the place in the model, and frozen slopes. 0.1 to 0.5 kB are the kernel of AdamW,
// 0.4 kB the word on inputs that leave a domain, 0.2 kB the random bias of projections. 1 kB are the ops that expand, select, and transform selected units, and what
// keeps inputs for gradients; 1.5 kB more on cpu and wasm their loops, and those of long rows: a step of 2^20 units in a quarter of
// the time. 0.1 to 0.5 kB are the dense layer with a gradient and products of its own.
// 1.1 kB are transforms that expand their input, and keep what they have transformed: one transform less in each step; 0.5 kB more on
// cpu and wasm the loops of it.
// 30 bytes are slopes in a shape such as [1, 1, channels]. 0.3 kB on cpu and wasm are the loops of the cross entropy, 0.2 kB
// long rows that share their slopes: their gradient in two thirds of the time; 0.3 kB more that several of them go through
// memory together, a step of 2^20 units in four fifths of the time; 0.1 kB on wasm the cross entropy of many classes in a tenth
// of it; 0.1 kB the nearest name of a misspelled initializer; 0.1 kB the gradient of a dense layer as one call; 0.8 kB on wasm the loops of
// small dense layers.
it.each([
  ['cpu', 30_700],
  ['wasm', 32_200],
  ['webgl', 23_500],
  ['webgpu', 24_400],
  ['tensorflow', 23_200],
])('all layers and all kernels of %s come in %i bytes', async (backend, ceiling) => {
  const {text, gzip} = await bundle(
    `import * as layers from 'tfjs-piecewise/layers'; import 'tfjs-piecewise/${backend}'; console.log(layers)`,
    backend === 'tensorflow' ? 'node' : 'browser',
  );
  for (const name of [...CLASSES, `"${backend}"`]) expect(text).toContain(name);
  expect(gzip).toBeLessThanOrEqual(ceiling);
});

it('a kernel subpath keeps its registration', async () => {
  const {text} = await bundle(`import 'tfjs-piecewise/cpu'`);
  expect(text).toContain('"cpu"');
  expect(text).toContain('SignedWalshHadamard');
});

it('nothing of Node or of a backend package reaches a browser', async () => {
  const {text} = await bundle(`export * from 'tfjs-piecewise'`);
  expect(text.match(/["'`]node:|tfjs-node|tfjs-backend/)?.[0]).toBeUndefined(); // the text itself would flood a failure
});
