import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';

const ROOT = join(__dirname, '../..');

function setup(args: string[], env: Record<string, string> = {}) {
  const command = [join(ROOT, 'scripts/setup/index.mjs'), ...args];
  const {status, stdout, stderr} = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {...process.env, ...env},
  });
  return {status, output: stdout + stderr};
}

it('--help names every part, its size, and what it is for', () => {
  const {status, output} = setup(['--help']);
  expect(status).toBe(0);
  for (const part of [
    'tfjs-node',
    'own-op',
    'browser',
    'webgpu',
    'onnx',
    'litert',
    'engines',
    'tools',
    'c',
    'python',
    'notebooks',
    'nodes',
    'tables',
  ]) {
    expect(output).toMatch(new RegExp(`^  ${part} +\\d+ MB +(ready|-) +\\w.{20}`, 'm'));
  }
  expect(output).toContain('--apt');
});

it('the sizes that it announces are those on disk', () => {
  // A part that is there is measured, and one that is not has the number of its file.
  const script = `
    const {PARTS} = await import('./scripts/setup/parts.mjs');
    const {megabytes, sizeOf} = await import('./scripts/setup/size.mjs');
    const there = PARTS.filter((part) => part.ready());
    console.log(JSON.stringify(there.map((part) => [part.name, part.megabytes, megabytes(sizeOf(part.places()))])));`;
  const {stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {cwd: ROOT, encoding: 'utf8'});
  for (const [name, announced, found] of JSON.parse(stdout)) {
    expect(`${name}: ${Math.abs(announced - found) <= Math.max(0.1 * announced, 2) ? announced : found}`).toBe(
      `${name}: ${announced}`,
    );
  }
});

it.each([
  [['chrome'], 'there is no part chrome. Parts: tfjs-node, own-op, browser,'],
  [['--al'], "Unknown option '--al'"],
])('refuses %s, and says what there is', (args, message) => {
  const {status, output} = setup(args);
  expect(output).toContain(message);
  expect(status).toBe(1);
});

describe('the package manager of the system', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'setup-'));
    writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >> ${folder}/calls\n`);
    chmodSync(join(folder, 'apt-get'), 0o755);
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  // No browser at that path, so one would have to be installed.
  const env = () => ({CHROME_PATH: join(folder, 'none'), PATH: `${folder}${delimiter}${process.env.PATH}`});

  it('is left alone without --apt, and the advice names what to install', () => {
    const {status, output} = setup(['browser'], env());
    expect(output).toMatch(/browser +not available: it needs chromium.* of the system: install it, or .* --apt/);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
    expect(status).toBe(1);
  });

  if (process.getuid?.() === 0) {
    it('is asked with --apt', () => {
      expect(setup(['browser', '--apt'], env()).output).toMatch(/installed but not found/);
      expect(existsSync(join(folder, 'calls'))).toBe(true);
    });
  }
});
