import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  worker: {format: 'es'},
  optimizeDeps: {entries: ['index.html', 'worker.ts']}, // else the first start of the server loads the page twice
  build: {target: 'es2022', chunkSizeWarningLimit: 3000}, // kB: tfjs is large
});
