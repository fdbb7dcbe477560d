/** tfjs-core's own specs, with a backend and with this package or without it, as one program with one tfjs. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {build, type Plugin} from 'esbuild';
import {ROOT} from '../../bench/machine';

const {packagePath} = require('../../scripts/setup/packages.cjs') as {packagePath(set: string, name: string): string};

const BACKENDS = {
  cpu: '@tensorflow/tfjs-backend-cpu',
  wasm: '@tensorflow/tfjs-backend-wasm',
  tensorflow: 'tfjs-piecewise/tfjs-node',
};
export type CoreBackend = keyof typeof BACKENDS;
export const CORE_BACKENDS = Object.keys(BACKENDS) as CoreBackend[];

/** What is imported before tfjs's backend. */
export type First = 'nothing' | 'package' | 'fault';
const FIRST = {nothing: [], package: ['tfjs-piecewise'], fault: ['./bundled/fault']};

/** Returns the file, to be run with the file for the results and, on request, a part of the names of specs. */
export async function bundle(backend: CoreBackend, first: First): Promise<string> {
  const outfile = path.join(ROOT, `.cache/core_tests/${backend}_after_${first}.js`);
  const imports = [
    ...FIRST[first],
    BACKENDS[backend],
    '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops',
    '@tensorflow/tfjs-core/dist/register_all_gradients',
    './bundled/environment',
    '@tensorflow/tfjs-core/dist/tests',
    './bundled/run',
  ];
  await build({
    stdin: {contents: imports.map((name) => `import '${name}';`).join('\n'), resolveDir: __dirname},
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    conditions: ['tfjs-piecewise:source'],
    ignoreAnnotations: true, // or the specs, whose modules export nothing, would be left out
    define: {BACKEND: JSON.stringify(backend)},
    external: ['@mapbox/node-pre-gyp'],
    plugins: [jasmine, asOnePackage],
    logLevel: 'error',
  });
  return outfile;
}

/** It comes with a part of the set-up, and is one for tfjs's utilities and for us. */
const jasmine: Plugin = {
  name: 'jasmine',
  setup({onResolve}) {
    onResolve({filter: /^jasmine-core\b/}, ({path: name}) => ({path: packagePath('tools', name), external: true}));
  },
};

/**
 * Packages look for files beside themselves. And tfjs-node, compiled for engines without classes, could not extend those
 * of a tfjs that is not.
 */
const asOnePackage: Plugin = {
  name: 'as one package',
  setup({onLoad}) {
    onLoad({filter: /tfjs-(node.dist|backend-wasm.wasm-out).[^/\\]*\.js$/}, ({path: file}) => ({
      contents: `const __dirname = ${JSON.stringify(path.dirname(file))};\n${readFileSync(file, 'utf8').replace(
        /_super\.call\(this((?:, [^()]*)?)\) \|\| this/g,
        (_, args: string) => `Reflect.construct(_super, [${args.replace(/^, /, '')}], this.constructor)`,
      )}`,
    }));
  },
};
