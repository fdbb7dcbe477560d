// npm run docs: typedoc, which comes with a part of the setup.
import {spawnSync} from 'node:child_process';
import packages from './setup/packages.cjs';

if (!packages.isInstalled('tools')) {
  console.error('docs needs typedoc: run npm run setup -- tools');
  process.exit(1);
}
const typedoc = packages.packagePath('tools', 'typedoc/bin/typedoc');
process.exitCode =
  spawnSync(process.execPath, [typedoc, '--options', 'docs/typedoc.json', ...process.argv.slice(2)], {stdio: 'inherit'})
    .status ?? 1;
