import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {defineConfig} from 'tsdown';

/**
 * In CommonJS the bundler copies each module that is required into an object of getters, so that ours would ask two, by
 * name, for each function of tfjs: 2 of the 5 us of an op on a small tensor. tfjs has no default export to be copied for.
 */
const requireTfjsItself = {
  name: 'require-tfjs-itself',
  renderChunk: (code: string) => code.replace(/^(__tensorflow_\w+) = \w+\.__toESM\(\1\);\n/gm, ''),
};

/**
 * Only the command line reads tables and draws progress bars. Its packages are copied into the build, so that pages and programs
 * install nothing for it; each as one module, because rolldown loses the exports of CommonJS that it unbundles. Their licences ask
 * to be copied, too.
 */
const COPIED: {[name: string]: string} = {
  'cli-progress': 'Format, SingleBar',
  'csv-parse': 'parse',
};
const copyOf = (name: string) => join(import.meta.dirname, 'copied', `${name}.js`);
const copiedPackages = {
  name: 'copied-packages',
  resolveId: (source: string) => (Object.hasOwn(COPIED, source) ? copyOf(source) : null),
  async load(this: {emitFile(file: {type: 'asset'; fileName: string; source: string}): void}, id: string) {
    const name = Object.keys(COPIED).find((each) => id === copyOf(each));
    if (!name) return null;
    const {outputFiles, metafile} = await build({
      stdin: {contents: `export {${COPIED[name]}} from '${name}';`, resolveDir: import.meta.dirname},
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
    });
    const folders = Object.keys(metafile.inputs).flatMap(
      (path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
    );
    for (const folder of new Set(folders)) {
      const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      if (!licence) throw new Error(`${folder} has no licence to copy.`);
      const source = readFileSync(join(folder, licence), 'utf8');
      this.emitFile({type: 'asset', fileName: `copied/licences/${basename(folder)}.txt`, source});
    }
    return outputFiles[0].text;
  },
};

/** In a page without a bundler nothing finds a package by its name: there TensorFlow.js is the global tf. */
const GLOBAL_TF = fileURLToPath(new URL('scripts/global_tf.mjs', import.meta.url));
const useGlobalTfjs = {
  name: 'use-global-tfjs',
  transform: {
    order: 'pre' as const,
    handler: (code: string) =>
      code
        .replace(/^import \* as tf from '@tensorflow\/tfjs';$/gm, `import {tf} from '${GLOBAL_TF}';`)
        .replace(/^import \{([^}]*)\} from '@tensorflow\/tfjs';$/gm, (_, names: string) => {
          const values = names.split(',').filter((name) => !/^\s*type\b/.test(name));
          return `import {tf as tfjs} from '${GLOBAL_TF}'; const {${values.join().replaceAll(' as ', ': ')}} = tfjs;`;
        }),
  },
};

// One output file per source file: bundlers then keep or drop each layer and each backend on its own.
const library = defineConfig({
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
    'src/kernels/wasm/convolution.ts',
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
  external: [/^@tensorflow\//, /^node:/, 'highs', 'tfjs-piecewise/package.json'],
  plugins: [requireTfjsItself, copiedPackages],
  silent: true,
});

// All that browsers get, in one file that a page imports by its address.
const page = defineConfig({
  entry: {'tfjs-piecewise.min': 'src/browser.ts'},
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  fixedExtension: true,
  dts: false,
  clean: false,
  minify: true,
  external: ['highs'],
  plugins: [useGlobalTfjs],
  silent: true,
});

export default [library, page];
