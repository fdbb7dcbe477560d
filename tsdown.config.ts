import {defineConfig} from 'tsdown';

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
  ],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
  fixedExtension: true,
  dts: true,
  external: [/^@tensorflow\//, /^node:/, 'highs'],
  silent: true,
});
