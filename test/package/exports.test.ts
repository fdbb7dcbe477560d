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
    'randomSigns',
    'layers',
    'analysis',
    'initializers',
    'backendReport',
    'exporters',
    'trainTwoStage',
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
  'tfjs-piecewise/files': ['modelFiles'],
  'tfjs-piecewise/node': ['fileSystem'],
  'tfjs-piecewise/tfjs-node': ['node', 'io', 'sequential'],
};

beforeAll(ensureBuild, 120_000);

function namesIn(code: string, ...flags: string[]): string[] {
  const script = `${code}.then((m) => process.stdout.write(JSON.stringify(Object.keys(m))))`;
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', script], {cwd: ROOT, encoding: 'utf8'}));
}

const {whyMissing} = require('../../scripts/setup/needs.cjs') as {whyMissing(part: string): string | null};
const loadable = subpaths.filter((subpath) => subpath !== 'tfjs-piecewise/tfjs-node' || !whyMissing('tfjs-node'));

it.each(loadable)('%s loads as an ES module and as CommonJS, with the same names', (subpath) => {
  const esm = namesIn(`import('${subpath}')`, '--input-type=module');
  const cjs = namesIn(`Promise.resolve(require('${subpath}'))`);
  const own = esm.filter((name) => name !== 'default' && name !== '__esModule'); // names that CommonJS brings
  expect(own.sort()).toEqual([...cjs].sort());
  expect(cjs).toEqual(expect.arrayContaining(NAMES[subpath] ?? ['registerKernels']));
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
