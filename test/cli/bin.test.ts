import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {temporaryFolder} from '../node/support/models';
import {ensureBuild, ROOT} from '../package/build';
import {writeTent} from './support/keras_model';

const folder = temporaryFolder();
const {bin} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

beforeAll(ensureBuild, 120_000);

const program = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, bin), ...args], {cwd: folder(), encoding: 'utf8'});

it('the built program prints one JSON document and nothing else', () => {
  writeTent(folder());
  const {status, stdout, stderr} = program('report', 'model.json', '--json', '--svg', 'out');
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  const document = JSON.parse(stdout);
  expect(document.model.path).toBe('model.json');
  expect(document.pictures).toEqual([join('out', 'breakpoints.svg'), join('out', 'network.svg')]);
});

it('the built program exits with 1 and with 2', () => {
  expect(program('report', 'nowhere').status).toBe(1);
  const {status, stdout, stderr} = program('repot');
  expect({status, stdout}).toEqual({status: 2, stdout: ''});
  expect(stderr).toBe(
    "tfjs-piecewise: the command must be one of report, export, compare, train, predict, but received 'repot'. See npx tfjs-piecewise --help.\n",
  );
});

it('is silent when its reader stops', () => {
  writeTent(folder());
  const line = `"${process.execPath}" "${join(ROOT, bin)}" report . --json | true`;
  const {stderr} = spawnSync('sh', ['-c', line], {cwd: folder(), encoding: 'utf8'});
  expect(stderr).toBe('');
});

it('has the line that lets a shell start it', () => {
  expect(readFileSync(join(ROOT, bin), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
