import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';

const ROOT = join(__dirname, '../..');

/** What a folder of src may import: other places of src, and packages. */
const ARROWS: Record<string, {places: string[]; packages: string[]}> = {
  math: {places: ['math'], packages: []},
  'errors.ts': {places: [], packages: []},
  'kernel.ts': {places: [], packages: ['@tensorflow/tfjs']},
  'tfjs.ts': {places: ['errors.ts'], packages: ['@tensorflow/tfjs']},
  'model_calls.ts': {places: ['errors.ts'], packages: ['@tensorflow/tfjs']},
  ops: {places: ['ops', 'kernel.ts', 'math', 'errors.ts'], packages: ['@tensorflow/tfjs']},
  'kernels/host': {places: ['kernels/host', 'kernel.ts', 'math', 'errors.ts'], packages: ['@tensorflow/tfjs']},
  'kernels/simd': {places: ['kernels/simd', 'kernel.ts'], packages: ['@tensorflow/tfjs']},
  initializers: {places: ['initializers', 'tfjs.ts', 'math', 'ops', 'errors.ts'], packages: ['@tensorflow/tfjs']},
  layers: {
    places: ['layers', 'ops', 'initializers', 'constraints', 'tfjs.ts', 'math', 'errors.ts'],
    packages: ['@tensorflow/tfjs'],
  },
  analysis: {
    places: ['analysis', 'math', 'model_calls.ts', 'tfjs.ts', 'errors.ts'],
    packages: ['@tensorflow/tfjs', 'highs'],
  },
  export: {
    places: ['export', 'layers', 'math', 'model_calls.ts', 'tfjs.ts', 'errors.ts'],
    packages: ['@tensorflow/tfjs'],
  },
  training: {places: ['training', 'export', 'errors.ts'], packages: ['@tensorflow/tfjs']},
  plot: {places: ['plot', 'analysis', 'math'], packages: []},
  files: {places: ['files'], packages: ['@tensorflow/tfjs']},
  node: {places: ['node', 'files'], packages: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', 'node:']},
  cli: {
    places: ['cli', 'index.ts', 'analysis', 'export', 'model_calls.ts', 'node', 'plot', 'math', 'errors.ts'],
    packages: ['@tensorflow/tfjs', 'node:'],
  },
  'backend_report.ts': {places: ['ops', 'kernel.ts'], packages: ['@tensorflow/tfjs']},
  'index.ts': {places: ['browser.ts', 'kernels', 'ops'], packages: []},
  'browser.ts': {
    places: ['analysis', 'backend_report.ts', 'export', 'initializers', 'kernels', 'layers', 'ops', 'training'],
    packages: [],
  },
};

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

/** The entry of the table for a file. A backend's folder of kernels may use what host may, host, and the SIMD module. */
function placeOf(file: string): string {
  const parts = file.split('/');
  return parts[0] === 'kernels' ? `kernels/${parts[1]}` : parts[0];
}

function allowed(place: string): {places: string[]; packages: string[]} {
  if (ARROWS[place]) return ARROWS[place];
  if (!place.startsWith('kernels/')) throw new Error(`${place} is not in the table of arrows.`);
  const host = ARROWS['kernels/host'];
  return {...host, places: [...host.places, 'kernels/simd', place]};
}

it('sees the import lines', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(imports.length).toBeGreaterThan(60);
});

it.each(imports)('$from may import $specifier', ({from, specifier, target, typeOnly}) => {
  const {places, packages} = allowed(placeOf(from));
  if (target === undefined) {
    const fits = packages.some((name) => (name === 'node:' ? specifier.startsWith(name) : name === specifier));
    const backendTypes = typeOnly && from.startsWith('kernels/') && specifier.startsWith('@tensorflow/tfjs-');
    expect(fits || backendTypes).toBe(true);
  } else {
    expect(files).toContain(target);
    expect(places.some((place) => target === place || target.startsWith(`${place}/`))).toBe(true);
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
  const shared = files.filter((file) => /^(analysis|ops|layers|initializers|math)\//.test(file));
  for (const file of shared) {
    const code = readFileSync(join(ROOT, 'src', file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
    expect(code).not.toMatch(/'(cpu|wasm|webgl|webgpu|tensorflow)'|getBackend/);
  }
});

it('pictures know the analysis by its types only', () => {
  const code = imports.filter(({from, target}) => from.startsWith('plot/') && target?.startsWith('analysis/'));
  expect(code.map(({typeOnly}) => typeOnly)).toEqual([true, true]);
});

it('examples and bench use the package by its public names', () => {
  for (const file of ['examples', 'bench'].flatMap(codeIn)) {
    expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(/from '\.[^']*\/(src|dist)\//);
  }
});

it('has no file over 250 lines', () => {
  const long = ['src', 'examples', 'bench', 'scripts', 'test']
    .flatMap(codeIn)
    .map((file) => ({file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1}))
    .filter(({lines}) => lines > 250);
  expect(long).toEqual([]);
});
