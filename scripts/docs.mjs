// npm run docs: typedoc, which comes with a part of the setup, and beside it the playground; each links to the other.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import packages from './setup/packages.cjs';
import project from './setup/project.cjs';

packages.requireSet('tools', 'docs');
const args = process.argv.slice(2);
const at = args.indexOf('--out');
const out = path.resolve(at < 0 ? path.join(project.root, 'out/docs') : args[at + 1]);

function run(script, options, env = {}) {
  const {status} = spawnSync(process.execPath, [script, ...options], {
    cwd: project.root,
    stdio: 'inherit',
    env: {...process.env, ...env},
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(packages.packagePath('tools', 'typedoc/bin/typedoc'), ['--options', 'docs/site/typedoc.mjs', ...args]);
const playground = ['build', '--config', 'examples/web/vite.config.mts', '--outDir', path.join(out, 'playground')];
run('node_modules/vite/bin/vite.js', [...playground, '--logLevel', 'warn'], {PLAYGROUND_DOCS: '../index.html'});
