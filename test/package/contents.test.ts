import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {ensureBuild, ROOT} from './build';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
let files: string[];

beforeAll(async () => {
  await ensureBuild();
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  files = JSON.parse(output)[0].files.map(({path}: {path: string}) => path);
}, 120_000);

it('the package holds the build, the source of the TensorFlow ops, and what a reader needs', () => {
  const other = files.filter((file) => !/^dist\/.*\.([cm]js|d\.[cm]ts)$/.test(file));
  const source = other.filter((file) => /^src\/kernels\/tensorflow\/addon\/\w+\.(cc|h|inc)$/.test(file));
  const licences = other.filter((file) => /^dist\/copied\/licences\/[\w-]+\.txt$/.test(file));
  const top = other.filter((file) => !source.includes(file) && !licences.includes(file)).sort();
  expect(top).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect(source.length).toBeGreaterThan(10);
  expect(licences.map((file) => basename(file, '.txt'))).toEqual(expect.arrayContaining(['cli-progress', 'csv-parse']));
});

it('everything that the manifest points at is in the package', () => {
  const paths = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : value ? Object.values(value).flatMap(paths) : [];
  const {main, module, types, bin, exports, typesVersions, jsdelivr, unpkg} = manifest;
  const named = paths([main, module, types, bin, exports, typesVersions, jsdelivr, unpkg]).filter((path) =>
    path.startsWith('./dist/'),
  );
  expect(named.length).toBeGreaterThan(40);
  // A star stands for the name of a folder.
  const isThere = (path: string) =>
    files.some((file) => new RegExp(`^\\./${path.slice(2).replace('*', '[^/]+')}$`).test(`./${file}`));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

it('every entry gives the same names by all its conditions', () => {
  const namesIn = (path: string) => readFileSync(join(ROOT, path), 'utf8').match(/export \{([^}]*)\};?\s*$/)?.[1];
  const names = (text = '') => text.split(',').map((name) => name.trim().replace(/^.* as /, '')); // as others see it
  const {browser, import: esm} = manifest.exports['.'];
  expect(names(namesIn(browser.default.default)).sort()).toEqual(names(namesIn(esm.default)).sort());
});

it('CommonJS asks tfjs itself for its functions, not a copy made of getters', () => {
  const requires = files
    .filter((file) => file.endsWith('.cjs'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .filter((text) => text.includes('require("@tensorflow/tfjs")'));
  expect(requires.length).toBeGreaterThan(40);
  for (const text of requires) expect(text).not.toMatch(/__toESM\((__tensorflow|require\("@tensorflow)/);
});

it('nothing runs when it is installed', () => {
  const lifecycle = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
  for (const script of lifecycle) expect(manifest.scripts).not.toHaveProperty(script);
  expect(manifest.dependencies).toBeUndefined();
  expect(files).not.toContain('binding.gyp'); // npm would compile it
});
