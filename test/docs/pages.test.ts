/** @slow */

import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {transformSync} from 'esbuild';
import ts from 'typescript';
import {installPackage, uninstall} from '../package/installed';
import {blocksOf, chainOf, commandsOf, equal, isJavaScript, type NamedProgram, namedPrograms} from './pages';

const ROOT = join(__dirname, '../..');
const GUIDES = readdirSync(join(ROOT, 'docs/guides')).map((file) => `docs/guides/${file}`);
const PAGES = ['README.md', ...GUIDES].map((page) => ({
  page,
  blocks: blocksOf(readFileSync(join(ROOT, page), 'utf8')),
}));
const placeOf = (page: string) => join(folder, basename(page, '.md'));

let folder: string;
beforeAll(async () => {
  folder = await installPackage();
  for (const {page, blocks} of PAGES) {
    mkdirSync(placeOf(page));
    writeFileSync(join(placeOf(page), 'page.mts'), chainOf(blocks));
  }
}, 120_000);
afterAll(() => uninstall(folder));

const run = (cwd: string, command: string, ...args: string[]) =>
  execFileSync(command, args, {cwd, encoding: 'utf8', stdio: 'pipe'});

describe('the code of a page, each block after the one before, runs and gives what its comments say:', () => {
  const withCode = PAGES.filter(({blocks}) => blocks.some(({language}) => /^(ts|js)$/.test(language)));

  it.each(withCode)(
    '$page',
    ({page, blocks}) => {
      const {code} = transformSync(chainOf(blocks), {loader: 'ts', target: 'node20'});
      writeFileSync(join(placeOf(page), 'page.mjs'), code);
      const claims: [unknown, unknown][] = JSON.parse(
        run(placeOf(page), process.execPath, 'page.mjs').split('\n').at(-1)!,
      );
      expect(claims.filter(([is, says]) => !equal(is, says))).toEqual([]);
    },
    60_000,
  );

  it('and is JavaScript, without types', () => {
    const samples = withCode.flatMap(({blocks}) => blocks.filter(({language}) => /^(ts|js)$/.test(language)));
    expect(samples.filter(({code}) => !isJavaScript(code))).toEqual([]);
  });

  it('and has no error of types', () => {
    const files = withCode.map(({page}) => join(placeOf(page), 'page.mts'));
    const options = {module: ts.ModuleKind.Node16, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true};
    const program = ts.createProgram(files, {
      ...options,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    });
    const errors = ts.getPreEmitDiagnostics(program).map(({file, start, messageText}) => {
      const line = file ? file.text.slice(0, start).split('\n').length : 0;
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(errors).toEqual([]);
  }, 60_000);
});

describe('a program that a page says to save and run prints what the page says:', () => {
  const programs = PAGES.flatMap(({page, blocks}) => namedPrograms(blocks).map((program) => ({page, ...program})));

  it('there is one on the first page', () => expect(programs.map(({page}) => page)).toContain('README.md'));

  it.each(programs)(
    '$file of $page',
    ({page, file, command, code, prints}: NamedProgram & {page: string}) => {
      writeFileSync(join(placeOf(page), file), code);
      const [program, ...args] = command.split(' ');
      expect(run(placeOf(page), program, ...args).trim()).toBe(prints.trim());
    },
    60_000,
  );
});

/** Commands of the repository, and who runs them. */
const ELSEWHERE: {[command: string]: string} = {
  'npm ci && npm start': 'test/examples/train.test.ts',
  'npm ci && npm test': 'this',
  'npm ci && npm run build && npm pack': 'test/package/installed.ts',
  'npm install path/to/tfjs-piecewise-0.1.0.tgz @tensorflow/tfjs': 'test/package/installed.ts',
  'npm run bench': 'test/bench',
  'npm run bench -- --steps': 'test/bench/steps.test.ts',
  'npm init -y': 'test/browser/web_page_guide.test.ts',
  'npm install @tensorflow/tfjs path/to/tfjs-piecewise-0.1.0.tgz': 'test/browser/web_page_guide.test.ts',
  'npm install --save-dev vite': 'test/browser/web_page_guide.test.ts',
  'npm run setup -- tfjs-node own-op tables': 'test/scripts',
  'npm run reproduce -- evidence --quick': 'test/examples/reproduce/evidence',
  'npm run reproduce -- evidence': 'test/examples/reproduce/evidence',
  'npm run reproduce -- evidence --record': 'test/examples/reproduce/evidence',
  'npm run reproduce -- evidence --anew': 'test/examples/reproduce/evidence',
  'npm run reproduce -- evidence --only images --budgets 3000 --seed 7 --rates-of 10000x4 --out out/mine':
    'test/examples/reproduce/evidence',
  'npx tfjs-piecewise compare penguins.csv --target body_mass_g': 'test/cli/compare.test.ts',
  'npx tfjs-piecewise train penguins.csv --target body_mass_g --network wht --size 1000 --out model':
    'test/cli/compare.test.ts',
  'npx tfjs-piecewise export out/model --to c out/c --check rows.csv --target species':
    'test/interop/export_check.test.ts',
  'npx tfjs-piecewise predict model new_penguins.csv --out masses.csv': 'test/cli/compare.test.ts',
};

/** The command that compiles the own op beside an installed package has the options of the set-up's, which is run. */
function expectOwnOptions(words: string[]): void {
  const {compilerArguments} = require('../../scripts/setup/own_op_state.cjs');
  const used: string[] = compilerArguments('');
  const options = words.filter((word) => /^-(f|l|O|std|shared|pthread|Wl)/.test(word));
  expect(options.length).toBeGreaterThan(8);
  for (const option of options) expect(used).toContain(option);
}

it('every command of a page runs here, or in the spec that is named here', () => {
  for (const {page, blocks} of PAGES) {
    for (const command of commandsOf(blocks)) {
      const [program, ...args] = command.split(' ');
      if (Object.hasOwn(ELSEWHERE, command)) continue;
      if (program === 'npx') run(placeOf(page), program, '--offline', ...args);
      else if (program === 'cd') expectOwnOptions(args);
      else expect(Object.keys(ELSEWHERE)).toContain(command);
    }
  }
}, 120_000);
