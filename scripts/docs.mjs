// npm run docs: typedoc, which comes with a part of the setup.
import {spawnSync} from 'node:child_process';
import packages from './setup/packages.cjs';

packages.requireSet('tools', 'docs');
const typedoc = packages.packagePath('tools', 'typedoc/bin/typedoc');
process.exitCode =
  spawnSync(process.execPath, [typedoc, '--options', 'docs/site/typedoc.mjs', ...process.argv.slice(2)], {
    stdio: 'inherit',
  }).status ?? 1;
