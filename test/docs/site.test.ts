/** @needs tools
 *  @slow */

import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import ts from 'typescript';
import {examplesOf, moduleOf} from './examples';
import {isJavaScript} from './pages';
import {buildSite, commentOf, declarations, KIND, type Reflection, ROOT} from './site';

let folder: string;
let api: Reflection;

beforeAll(() => {
  ({folder, api} = buildSite());
}, 120_000);

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const filesIn = (root: string, ending: string) =>
  readdirSync(root, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith(ending));

it('no link of the site is broken: its page and its place on the page are there', () => {
  const pages = new Map(filesIn(folder, '.html').map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  expect(pages.size).toBeGreaterThan(80);
  const broken: string[] = [];
  for (const [from, html] of pages) {
    for (const [, link] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|data:|mailto:)/.test(link) || link === '') continue;
      const [path, anchor] = decodeURI(link.replaceAll('&amp;', '&')).split('#');
      const target = path === '' ? from : relative(folder, join(folder, dirname(from), path));
      const found = path === '' || existsSync(join(folder, target));
      const page = pages.get(target);
      if (!found || (anchor && page && !page.includes(`id="${anchor}"`))) broken.push(`${from}: ${link}`);
    }
  }
  expect([...new Set(broken)]).toEqual([]);
});

const GUIDES = readdirSync(join(ROOT, 'docs/guides')).map((file) => `docs/guides/${file}`);
const PAGES = [
  'README.md',
  'docs/BACKENDS.md',
  'docs/LAYERS.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'examples/README.md',
  ...GUIDES,
];

it.each(PAGES)('the relative links of %s lead to files, and to headings in them', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/```.*?```/gs, '');
  const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
      if (!existsSync(target)) return true;
      if (!anchor) return false;
      if (statSync(target).isDirectory()) return true;
      const headings = readFileSync(target, 'utf8').match(/^#+ .*/gm) ?? [];
      const slug = (heading: string) =>
        heading
          .replace(/^#+ /, '')
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-');
      return !headings.some((heading) => slug(heading) === anchor);
    });
  expect(broken).toEqual([]);
});

it('every public function, class, type and option says what it is', () => {
  const PUBLIC = KIND.function | KIND.class | KIND.interface | KIND.type | KIND.variable;
  const silent = [...declarations(api)].filter(([path, declaration]) => {
    const owner = path.split('.').slice(0, -1).join('.');
    const isOption = declaration.kind === KIND.property && interfaces.has(owner);
    if (!(declaration.kind & PUBLIC) && !isOption) return false;
    return !commentOf(declaration)?.summary.some(({text}) => text.trim() !== '');
  });
  expect(silent.map(([path]) => path)).toEqual([]);

  const tags = (path: string) => commentOf(all.get(path)!)?.blockTags?.map(({tag}) => tag) ?? [];
  const main = [...all.keys()].filter((path) => {
    const {kind, signatures} = all.get(path)!;
    const refers = /^(Made by|Installs) /.test(commentOf(all.get(path)!)?.summary[0]?.text ?? '');
    return (kind === KIND.class || (kind === KIND.function && signatures)) && !refers;
  });
  expect(main.length).toBeGreaterThan(30);
  expect(main.filter((path) => !tags(path).includes('@example'))).toEqual([]);
  expect(main.filter((path) => !tags(path).includes('@throws'))).toEqual([]);
});

let all: Map<string, Reflection>;
let interfaces: Set<string>;
beforeAll(() => {
  all = new Map(declarations(api));
  interfaces = new Set([...all].filter(([, {kind}]) => kind === KIND.interface).map(([path]) => path));
});

it('every example type-checks, runs, and gives what its comments say', () => {
  const examples = examplesOf(api);
  expect(examples.length).toBeGreaterThan(40);
  // Inside the project, so that they find the package by its public name.
  const place = join(ROOT, '.cache', `examples-${process.pid}`);
  mkdirSync(place, {recursive: true});
  try {
    const files = examples.map((example, i) => {
      const file = join(place, `${i}_${example.title.replace(/\W+/g, '_')}.ts`);
      writeFileSync(file, moduleOf(example));
      return file;
    });
    const node = (...args: string[]) =>
      execFileSync(process.execPath, args, {cwd: place, encoding: 'utf8', stdio: 'pipe'});
    const run = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', join(__dirname, 'run_examples.ts'), ...files];
    const {failures, claims} = JSON.parse(
      node(...run)
        .split('\n')
        .at(-1)!,
    );
    expect(failures).toEqual([]);
    expect(claims).toBeGreaterThan(20);
    expect(typeErrorsIn(files)).toBe('');
  } finally {
    rmSync(place, {recursive: true, force: true});
  }
}, 180_000);

/** As in this project. Of the sources, which the examples import, `npm run typecheck` knows. */
function typeErrorsIn(files: string[]): string {
  const {config} = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const {options} = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const program = ts.createProgram(files, {...options, noUnusedLocals: false, noUnusedParameters: false});
  const errors = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  const all = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...errors];
  return ts.formatDiagnostics(all, {
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}

it('examples are JavaScript and TypeScript at once: no casts, no types', () => {
  const typed = examplesOf(api).filter(({code}) => !isJavaScript(code));
  expect(typed.map(({title, code}) => `${title}: ${code}`)).toEqual([]);
});
