/** @slow */

import {execFile} from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Runs guards.fixture.ts on a backend, as jest.config.js would run a spec. Returns the status of each test by title. */
async function runFixture(backend: string): Promise<Record<string, string>> {
  const {projects} = await require('../../jest.config.js')();
  const {displayName, ...project} = projects.find((project: {displayName: string}) => project.displayName === backend);
  const config = {...project, testMatch: [`${__dirname}/guards.fixture.ts`]};
  const args = [require.resolve('jest/bin/jest'), '--json', '--config', JSON.stringify(config)];
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, args, {cwd: ROOT}, (_error, stdout) => resolve(stdout)),
  );
  const [{assertionResults}] = JSON.parse(output).testResults;
  return Object.fromEntries(assertionResults.map(({title, status}: Record<string, string>) => [title, status]));
}

const present: string[] = require('../../scripts/setup/backends.cjs')
  .findBackends()
  .filter((backend: {present: boolean}) => backend.present)
  .map((backend: {name: string}) => backend.name);

describe('a bad test fails, and takes no other with it', () => {
  for (const backend of ['cpu', 'wasm', 'tensorflow', 'webgpu']) {
    (present.includes(backend) ? it : it.skip)(`on ${backend}`, async () => {
      const results = await runFixture(backend);
      expect(Object.keys(results).length).toBe(backend === 'webgpu' ? 10 : 9);
      for (const [title, status] of Object.entries(results)) {
        expect(`${title}: ${status}`).toBe(`${title}: ${title.startsWith('bad') ? 'failed' : 'passed'}`);
      }
    });
  }
});
