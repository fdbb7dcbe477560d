// npm test: lint, types, build, and the specs. npm run test:all: every part of the setup first, and every spec.
// npm run test:nodes: the packed package on each Node version. Arguments go to Jest, but --costs, which lists the CPU
// seconds of each spec.
import {spawn} from 'node:child_process';
import packages from '../setup/packages.cjs';
import project from '../setup/project.cjs';

const args = process.argv.slice(2);
const take = (flag) => {
  const at = args.indexOf(flag);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
};
const [all, nodes, costs] = ['--all', '--nodes', '--costs'].map(take);

/** Runs a command at the root of the project and gives its exit code and, unless it prints itself, what it printed. */
function run(command, {quiet = false, env = {}} = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, {cwd: project.root, shell: true, stdio, env: {...process.env, ...env}});
    let output = '';
    for (const stream of quiet ? [child.stdout, child.stderr] : []) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('close', (code) => resolve({code: code ?? 1, output}));
  });
}

async function check(title, command) {
  const start = Date.now();
  const {code, output} = await run(command, {quiet: true});
  console.log(`test: ${title} ${code === 0 ? 'passed' : 'FAILED'} in ${Math.ceil((Date.now() - start) / 1000)} s`);
  if (code !== 0) console.error(output);
  return code === 0;
}

/** Side by side, beside the set-up: each is one thread most of the time. */
async function checkAll(setup) {
  const checks = [check('types', 'npx tsc --noEmit'), check('lint', 'npm run --silent lint')];
  const build = check('build', 'npm run --silent build');
  await setup;
  if (packages.isInstalled('tools')) checks.push(check('wasm modules', 'npm run --silent build:wasm -- --check'));
  else console.log('test: wasm modules NOT compared with their source (npm run setup -- tools)');
  // One of the notebooks, to see that they run; the specs then compare it with its text.
  if (all && (await build)) checks.push(check('notebook 1', 'node scripts/notebooks/index.mjs 1'));
  return (await Promise.all([...checks, build])).every(Boolean);
}

/** For a shell. */
const quoted = (text) => (/^[\w./=:@-]+$/.test(text) ? text : JSON.stringify(text));

async function main() {
  const setup = all ? run('npm run --silent setup -- --all --apt') : nodes && run('npm run --silent setup -- nodes');
  const whole = args.length === 0 && !nodes;
  if (whole && !(await checkAll(setup))) return 1;
  await setup;
  const env = {TEST_LEVEL: all ? 'all' : whole ? 'usual' : '', ...(costs && {TEST_COSTS: '1'})};
  const jest = ['npx', 'jest', ...(nodes ? ['--selectProjects', 'nodes'] : []), ...args.map(quoted)].join(' ');
  return (await run(jest, {env})).code;
}

process.exitCode = await main();
