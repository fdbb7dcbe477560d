import {fileURLToPath} from 'node:url';
import {defaultClientConditions, defineConfig} from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './', // any folder of any host will do
  resolve: {conditions: ['tfjs-piecewise:source', ...defaultClientConditions]},
  worker: {format: 'es'},
  build: {
    outDir: fileURLToPath(new URL('../../out/playground', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // TensorFlow.js is one piece, and loads in the worker only.
    chunkSizeWarningLimit: 2000,
  },
});
