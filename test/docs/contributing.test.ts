/** @slow
 * CONTRIBUTING.md: the short commands run. Of the long ones (tests, set-up, benches) the script, the part, the option or the
 * file that they name is there; the scripts themselves run in `npm run test:all` and have specs of their own.
 */

import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {blocksOf, commandsOf} from './pages';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const {scripts} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {scripts: {[name: string]: string}};
const inline = [...page.replace(/```.*?```/gs, '').matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);

const blocks = commandsOf(blocksOf(page));
const commands = [...new Set([...blocks, ...inline.filter((text) => /^(npm|npx|node|find) /.test(text))])];

/** Runs a command of the shell at the root and gives all that it prints. */
const run = (command: string) =>
  execFileSync('sh', ['-c', `${command} 2>&1`], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 24});

const words = (text: string) => text.split(/[^\w-]+/);
const listed = (command: string) => readdirSync(join(ROOT, command), {recursive: true, encoding: 'utf8'});

/** What is said of the short ones. A selection of specs is listed, not run. */
const SHORT: {[command: string]: () => void} = {
  'npm run setup -- --help': () => {
    const printed = run('npm run --silent setup -- --help');
    for (const part of ['tfjs-node', 'own-op', 'browser', 'python', 'notebooks', 'tables'])
      expect(printed).toMatch(new RegExp(`^  ${part} +\\d+ MB`, 'm'));
  },
  'npm run reliability': () => {
    const said = /npm run reliability # what was tried to break it: (.*)/.exec(page)![1];
    const printed = run('npm run --silent reliability -- --help');
    expect([...printed.matchAll(/^ {2}(\S+) /gm)].map(([, name]) => name)).toEqual(said.split(', '));
  },
  'npm run reproduce -- theory': () => {
    expect(words(run('npm run --silent reproduce -- --help'))).toEqual(
      expect.arrayContaining(['theory', 'linear-regions']),
    );
  },
  'npx jest test/ops --selectProjects cpu': () => expectSpecs('npx jest test/ops --selectProjects cpu', 'ops'),
  'npx jest test/layers --selectProjects cpu -t x': () =>
    expectSpecs('npx jest test/layers --selectProjects cpu', 'layers'),
  "find . -name 'relu_pair*' -not -path './node_modules/*'": () => {
    const found = run("find . -name 'relu_pair*' -not -path './node_modules/*'").trim().split('\n');
    for (const place of ['src/ops', 'src/layers', 'src/kernels', 'test', 'python/src'])
      expect(found.some((path) => path.startsWith(`./${place}`))).toBe(true);
  },
  'node scripts/complete_lock.mjs': () => {
    run('node --check scripts/complete_lock.mjs');
  },
};

function expectSpecs(command: string, folder: string): void {
  const found = run(`${command} --listTests`)
    .match(/^\/.*$/gm)!
    .sort();
  const there = listed(`test/${folder}`).filter((file) => file.endsWith('.test.ts'));
  expect(found).toEqual(there.map((file) => join(ROOT, 'test', folder, file)).sort());
}

/** What follows `--` in a long command, and what knows of it. A placeholder in the text is `N` or `<backend>`. */
const ARGUMENTS: {[argument: string]: () => void} = {
  'own-op': () => expect(listed('scripts/setup')).toContain('own_op.mjs'),
  'tfjs-node': () => expect(listed('scripts/setup')).toContain('tfjs_node.mjs'),
  '--costs': () => expect(readFileSync(join(ROOT, 'scripts/test/index.mjs'), 'utf8')).toContain("'--costs'"),
  '--backend <backend>': () =>
    expect(run('npx tsx --conditions=tfjs-piecewise:source bench/index.ts --help')).toMatch(/--backend /),
  N: () => expect(existsSync(join(ROOT, 'notebooks/1_first_model.ts'))).toBe(true), // which links back to the repository when it runs
};

it('there are commands to ask about', () => expect(commands.length).toBeGreaterThan(12));

it.each(commands)(
  '%s',
  (command) => {
    if (Object.hasOwn(SHORT, command)) return SHORT[command]();
    const [, script, argument] = /^npm (?:run )?(\S+)(?: -- (.*))?$/.exec(command) ?? [];
    if (!['ci', 'install', 'run'].includes(script)) expect(Object.keys(scripts)).toContain(script);
    if (argument) ARGUMENTS[argument]();
  },
  60_000,
);

/** A new concept is called x in the text, a module Y: here they are some that have all of these files. */
const named = (path: string) =>
  path
    .replace(/(^|\/)x(?=\.)/g, '$1relu_pair')
    .replace(/\bY(?=[._])/g, 'projection')
    .replace('<backend>', 'webgl')
    .replace('N_*', '1_first_model')
    .replace(/\/\*$/, '');

/** Where a path of the text may begin: it leaves out what its sentence has said. */
const PLACES = ['', 'src', 'src/kernels', 'src/kernels/simd', 'src/export', 'src/export/lower', 'src/analysis'];
const PYTHON = 'python/src/tfjs_piecewise_keras';

it('every file and folder that it names is there, the x of each recipe being relu_pair', () => {
  const built = ['dist/copied', '.cache/packages'];
  const paths = inline.filter((text) => text.includes('/') && !text.includes(' ') && !built.includes(text)).map(named);
  expect(paths.length).toBeGreaterThan(50);
  const missing = paths.filter((path) => ![...PLACES, PYTHON].some((place) => existsSync(join(ROOT, place, path))));
  expect(missing).toEqual([]);
});
