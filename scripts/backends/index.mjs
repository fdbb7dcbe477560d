// npm run backends: runs the specs of kernels and derivatives on every backend of this machine, and writes BACKENDS.md.
// With --check it only compares what would be written with what is there, errors left out.
import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {findBackends} from '../setup/backends.cjs';
import {backendOf, group, page, withoutErrors} from './page.cjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache/conformance');
const PAGE = path.join(ROOT, 'docs/BACKENDS.md');
const BACKENDS = ['cpu', 'wasm', 'tensorflow', 'webgl', 'webgpu'];
const SPECS = [
  'test/kernels/conformance.test.ts',
  'test/kernels/backend_report.test.ts',
  'test/ops/derivatives.test.ts',
  'test/ops/third_derivative.test.ts',
  'test/browser',
];

function fail(message) {
  console.error(`backends: ${message}`);
  process.exit(1);
}

/** Runs the specs; what they print is of interest only if they fail. */
function runSpecs() {
  rmSync(FOLDER, {recursive: true, force: true});
  mkdirSync(FOLDER, {recursive: true});
  const projects = findBackends()
    .filter(({present}) => present)
    .map(({name}) => (name === 'webgl' ? 'browser' : name));
  const args = ['jest', ...SPECS, '--selectProjects', ...projects];
  const env = {...process.env, CONFORMANCE_RESULTS: FOLDER};
  const {status, stderr} = spawnSync('npx', args, {cwd: ROOT, env, encoding: 'utf8', maxBuffer: 2 ** 28});
  if (status !== 0) fail(`the specs must pass first:\n${stderr}`);
}

function readRecords() {
  const files = readdirSync(FOLDER).map((file) => readFileSync(path.join(FOLDER, file), 'utf8'));
  return files.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

const noteOf = (backend) => readFileSync(new URL(`notes/${backend}.md`, import.meta.url), 'utf8');

runSpecs();
const runners = group(readRecords(), BACKENDS);
const missing = BACKENDS.filter((backend) => !runners.some(({title}) => backendOf(title) === backend));
if (missing.length > 0) {
  const reasons = missing.map(
    (name) => `${name} (${findBackends().find((found) => found.name === name).reason ?? 'nothing recorded'})`,
  );
  console.error(`backends: the page will lack ${reasons.join(', ')}`);
}
const text = page(runners, Object.fromEntries(BACKENDS.map((backend) => [backend, noteOf(backend)])));
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, text);
  console.log(`BACKENDS.md: ${runners.length} places where kernels run`);
} else if (withoutErrors(readFileSync(PAGE, 'utf8')) !== withoutErrors(text)) {
  fail('BACKENDS.md is not what the specs find: run npm run backends');
}
