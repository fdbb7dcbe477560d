import {defineConfig} from 'tsdown';

/**
 * In CommonJS the bundler copies each module that is required into an object of getters, so that ours would ask two, by
 * name, for each function of tfjs: 2 of the 5 us of an op on a small tensor. tfjs has no default export to be copied for.
 */
const requireTfjsItself = {
  name: 'require-tfjs-itself',
  renderChunk: (code: string) => code.replace(/^(__tensorflow_\w+) = \w+\.__toESM\(\1\);\n/gm, ''),
};

// One output file per source file: bundlers then keep or drop each layer and each backend on its own.
export default defineConfig({
  entry: [
    'src/index.ts',
    'src/browser.ts',
    'src/analysis/index.ts',
    'src/cli/index.ts',
    'src/layers/index.ts',
    'src/ops/index.ts',
    'src/export/index.ts',
    'src/files/index.ts',
    'src/kernels/cpu/index.ts',
    'src/kernels/cpu/projection.ts',
    'src/kernels/tensorflow/index.ts',
    'src/kernels/tensorflow/projection.ts',
    'src/kernels/wasm/index.ts',
    'src/kernels/wasm/projection.ts',
    'src/kernels/webgl/index.ts',
    'src/kernels/webgl/projection.ts',
    'src/kernels/webgpu/index.ts',
    'src/kernels/webgpu/projection.ts',
    'src/node/index.ts',
    'src/plot/index.ts',
    'src/theory/index.ts',
    'src/node/tfjs_node.ts',
  ],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
  fixedExtension: true,
  dts: true,
  external: [/^@tensorflow\//, /^node:/, 'highs'],
  plugins: [requireTfjsItself],
  silent: true,
});
