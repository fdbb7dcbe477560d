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
    'storageCapacity',
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
  'tfjs-piecewise/exporters': ['toDense'],
  'tfjs-piecewise/files': ['modelFiles'],
  'tfjs-piecewise/node': ['fileSystem'],
};

beforeAll(ensureBuild, 120_000);

function namesIn(code: string, ...flags: string[]): string[] {
  const script = `${code}.then((m) => process.stdout.write(JSON.stringify(Object.keys(m))))`;
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', script], {cwd: ROOT, encoding: 'utf8'}));
}

it.each(subpaths)('%s loads as an ES module and as CommonJS, with the same names', (subpath) => {
  const esm = namesIn(`import('${subpath}')`, '--input-type=module');
  const cjs = namesIn(`Promise.resolve(require('${subpath}'))`);
  expect(esm.filter((name) => name !== 'default').sort()).toEqual([...cjs].sort());
  expect(cjs).toEqual(expect.arrayContaining(NAMES[subpath] ?? ['registerKernels']));
});

it('has types that resolve for every kind of user', () => {
  const attw = join(ROOT, 'node_modules/.bin/attw');
  const output = execFileSync(attw, ['--pack', '.', '--format', 'json'], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  const {analysis} = JSON.parse(output);
  expect(analysis.problems).toEqual([]);
}, 120_000);

it('is packed as publint wants it', () => {
  const publint = join(ROOT, 'node_modules/.bin/publint');
  const output = execFileSync(publint, ['--strict', '.'], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  expect(output).toContain('All good');
}, 120_000);

it('needs no types of a backend package', () => {
  const dist = join(ROOT, 'dist');
  const declarations = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter((file) =>
    /\.d\.[cm]ts$/.test(file),
  );
  expect(declarations.length).toBeGreaterThan(10);
  for (const file of declarations) {
    expect(readFileSync(join(dist, file), 'utf8')).not.toMatch(/from ['"]@tensorflow\/tfjs-/);
  }
});
