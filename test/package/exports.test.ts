/** @slow */

import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ensureBuild, ROOT} from './build';

const {exports: map} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const subpaths = Object.keys(map)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => subpath.replace('.', 'tfjs-piecewise'));

/** Names that each entry must give. */
const NAMES: Record<string, string[]> = {
  'tfjs-piecewise': [
    'walshHadamard',
    'reluPair',
    'triangleWave',
    'softmaxCrossEntropy',
    'randomSigns',
    'layers',
    'analysis',
    'initializers',
    'backendReport',
    'exporters',
    'optimizers',
    'schedules',
    'plot',
    'trainTwoStage',
    'fitCurve',
  ],
  'tfjs-piecewise/analysis': [
    'countLinearRegions',
    'linearRegions2d',
    'regionBounds',
    'parameterReport',
    'permuteUnits',
  ],
  'tfjs-piecewise/layers': [
    'whtProjection',
    'WHTProjection',
    'reluPair',
    'triangleWave',
    'regionDense',
    'blockDense',
    'square',
    'product',
  ],
  'tfjs-piecewise/ops': ['walshHadamard', 'whtReLUPair', 'reluPair', 'triangleWave', 'randomSigns'],
  'tfjs-piecewise/exporters': ['toDense', 'toGraphModel', 'toOnnx'],
  'tfjs-piecewise/theory': ['storageCapacity', 'coverProbability', 'stablyUnactivatedProbability'],
  'tfjs-piecewise/plot': ['regions', 'breakpoints', 'slopes', 'network', 'accuracy', 'colors'],
  'tfjs-piecewise/files': ['modelFiles'],
  'tfjs-piecewise/node': ['fileSystem'],
  'tfjs-piecewise/tfjs-node': ['node', 'io', 'sequential'],
};

const {whyMissing} = require('../../scripts/setup/needs.cjs') as {whyMissing(part: string): string | null};
const loadable = subpaths.filter((subpath) => subpath !== 'tfjs-piecewise/tfjs-node' || !whyMissing('tfjs-node'));

/** The names that each entry gives, in a process of its own for each format. */
function namesIn(load: string, ...flags: string[]): Record<string, string[]> {
  const script = `(async () => {
    const names = {};
    for (const entry of ${JSON.stringify(loadable)}) names[entry] = Object.keys(await ${load}(entry));
    process.stdout.write(JSON.stringify(names));
  })()`;
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', script], {cwd: ROOT, encoding: 'utf8'}));
}

let esm: Record<string, string[]>;
let cjs: Record<string, string[]>;
beforeAll(async () => {
  await ensureBuild();
  esm = namesIn('import', '--input-type=module');
  cjs = namesIn('require');
}, 120_000);

/** Names that a CommonJS file has for those who import it; the last since Node 23. */
const OF_COMMONJS = ['default', '__esModule', 'module.exports'];

it.each(loadable)('%s loads as an ES module and as CommonJS, with the same names', (subpath) => {
  const own = esm[subpath].filter((name) => !OF_COMMONJS.includes(name));
  expect(own.sort()).toEqual([...cjs[subpath]].sort());
  expect(cjs[subpath]).toEqual(expect.arrayContaining(NAMES[subpath] ?? ['registerKernels']));
});

it.each(['import', 'require'])('every entry loads alone, by %s', (load) => {
  const flags = load === 'import' ? ['--input-type=module'] : [];
  for (const entry of ['tfjs-piecewise/layers', 'tfjs-piecewise/exporters', 'tfjs-piecewise/theory']) {
    const script = `(async () => process.stdout.write(String(Object.keys(await ${load}('${entry}')).length)))()`;
    const printed = execFileSync(process.execPath, [...flags, '-e', script], {cwd: ROOT, encoding: 'utf8'});
    expect(Number(printed)).toBeGreaterThan(2);
  }
});

it('needs no types of a backend package', () => {
  const dist = join(ROOT, 'dist');
  const declarations = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter((file) =>
    /\.d\.[cm]ts$/.test(file),
  );
  expect(declarations.length).toBeGreaterThan(10);
  // That of tfjs-node is all about its types.
  for (const file of declarations.filter((name) => !name.includes('tfjs_node'))) {
    expect(readFileSync(join(dist, file), 'utf8')).not.toMatch(/from ['"]@tensorflow\/tfjs-/);
  }
});
