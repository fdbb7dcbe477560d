import {fileURLToPath} from 'node:url';
import {defaultClientConditions, defineConfig} from 'vite';

/** Beside the documentation the link goes there; else to the guides on GitHub. */
const docs = {
  name: 'docs-link',
  transformIndexHtml: (html: string) => {
    const address = process.env.PLAYGROUND_DOCS;
    return address ? html.replace(/(<a id="docs" href=")[^"]*/, `$1${address}`) : html;
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './', // any folder of any host will do
  resolve: {conditions: ['tfjs-piecewise:source', ...defaultClientConditions]},
  plugins: [docs],
  worker: {format: 'es'},
  build: {
    outDir: fileURLToPath(new URL('../../out/playground', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // TensorFlow.js is one piece, and loads in the worker only.
    chunkSizeWarningLimit: 2000,
  },
});
