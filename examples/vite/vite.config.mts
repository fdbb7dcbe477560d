import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  worker: {format: 'es'},
  build: {target: 'es2022', chunkSizeWarningLimit: 3000}, // kB: tfjs is large
});
