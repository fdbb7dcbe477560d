import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';

const ROOT = join(__dirname, '../..');

const PACKAGES: Record<string, string> = {
  tfjs: '@tensorflow/tfjs',
  'tfjs-node': '@tensorflow/tfjs-node',
  'tfjs-backend-wasm': '@tensorflow/tfjs-backend-wasm',
  highs: 'highs',
  'csv-parse': 'csv-parse',
  'cli-progress': 'cli-progress',
  'tfjs-piecewise': 'tfjs-piecewise/package.json',
  'node:': 'node:',
};

/** What each place of src may import, as CONTRIBUTING.md says: other places of src, and packages. */
const ARROWS: Record<string, {places: string[]; packages: string[]}> = Object.fromEntries(
  [...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `src\/(\S+)` *\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, place, cell]) => {
      const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
      const places = ['errors.ts', ...names.filter((name) => !PACKAGES[name])];
      return [place, {places, packages: names.flatMap((name) => PACKAGES[name] ?? [])}];
    },
  ),
);

interface Import {
  from: string;
  specifier: string;
  /** Path below src, for an import of ours. */
  target?: string;
  /** Gone when the code runs. */
  typeOnly: boolean;
}

/** The code files of a folder, as paths from the root. */
const codeIn = (folder: string) =>
  readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'})
    .map((file) => join(folder, file))
    .filter((file) => /\.(ts|mjs|cjs)$/.test(file));

// AssemblyScript has a compiler of its own.
const files = codeIn('src')
  .map((file) => relative('src', file))
  .filter((file) => !file.startsWith('kernels/simd/assembly/'));

const imports = files.flatMap((from) => {
  const text = readFileSync(join(ROOT, 'src', from), 'utf8');
  const lines = /^(?:import|export)( type)?\b[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms;
  return [...text.matchAll(lines)].map((match): Import => {
    const specifier = match[2] ?? match[3] ?? match[4];
    const typeOnly = match[1] !== undefined;
    if (!specifier.startsWith('.')) return {from, specifier, typeOnly};
    const path = join(dirname(from), specifier);
    const target = [`${path}.ts`, `${path}/index.ts`].find((candidate) => files.includes(candidate));
    return {from, specifier, target: target ?? path, typeOnly};
  });
});

/** The longest row of the table that a file fits, and the place itself, where a star of the row stands for a name. */
function placeOf(file: string): {row: string; place: string} {
  const [found] = Object.keys(ARROWS)
    .flatMap((row) => {
      const match = new RegExp(`^(${row.replace('*', '[^/]+')})(/|$)`).exec(file);
      return match ? [{row, place: match[1]}] : [];
    })
    .sort((a, b) => b.row.length - a.row.length);
  if (!found) throw new Error(`${file} is at no place of the table in CONTRIBUTING.md.`);
  return found;
}

it('sees the import lines', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(imports.length).toBeGreaterThan(60);
  expect(Object.keys(ARROWS).length).toBeGreaterThan(20);
});

it.each(imports)('$from may import $specifier', ({from, specifier, target, typeOnly}) => {
  const {row, place} = placeOf(from);
  const {places, packages} = ARROWS[row];
  if (target === undefined) {
    const fits = packages.some((name) => (name === 'node:' ? specifier.startsWith(name) : name === specifier));
    const backendTypes = typeOnly && from.startsWith('kernels/') && specifier.startsWith('@tensorflow/tfjs-');
    expect(fits || backendTypes).toBe(true);
  } else {
    expect(files).toContain(target);
    // A name of the table stands for that place alone: the places inside of it that have a row are named themselves.
    const to = placeOf(target);
    expect(to.place === place || places.includes(to.row)).toBe(true);
  }
});

it('has no import circle', () => {
  const targets = new Map(files.map((file) => [file, imports.filter((i) => i.from === file).map((i) => i.target!)]));
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) throw new Error(`Import circle: ${[...path, file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) if (target) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

it('names no backend outside src/kernels', () => {
  const shared = files.filter((file) => /^(analysis|theory|ops|layers|initializers|math)\//.test(file));
  for (const file of shared) {
    const code = readFileSync(join(ROOT, 'src', file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
    expect(code).not.toMatch(/'(cpu|wasm|webgl|webgpu|tensorflow)'|getBackend/);
  }
});

it.each([
  ['plot/', /^analysis\/(?!piecewise_linear\/)/],
  ['analysis/piecewise_linear/', /^layers\//],
])('%s knows %s by its types only', (place, other) => {
  const code = imports.filter(({from, target}) => from.startsWith(place) && other.test(target ?? ''));
  expect(code.length).toBeGreaterThan(0);
  expect(code.filter(({typeOnly}) => !typeOnly)).toEqual([]);
});

it('examples and bench use the package by its public names', () => {
  for (const file of ['examples', 'bench'].flatMap(codeIn)) {
    expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(/from '\.[^']*\/(src|dist)\//);
  }
});
