import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const FOLDER = join(__dirname, '../../notebooks');
const manifest = JSON.parse(readFileSync(join(FOLDER, '../package.json'), 'utf8')) as {exports: object};

interface Cell {
  type: 'markdown' | 'code';
  source: string;
}

interface Output {
  output_type: string;
  data?: {[type: string]: unknown};
  text?: string[];
}

interface Notebook {
  cells: {cell_type: 'markdown' | 'code'; source: string[]; outputs?: Output[]}[];
}

const names = readdirSync(FOLDER)
  .filter((file) => /^\d+_\w+\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''));

/** The cells of a text: each begins with a line `// %%`, and those in words are comments. */
function cellsOf(text: string): Cell[] {
  const [before, ...parts] = text.split(/^\/\/ %%/m);
  expect(before).toBe('');
  return parts.map((part) => {
    const [head, ...lines] = part.trimEnd().split('\n');
    if (head.trim() !== '[markdown]') return {type: 'code', source: lines.join('\n')};
    return {type: 'markdown', source: lines.map((line) => line.replace(/^\/\/ ?/, '')).join('\n')};
  });
}

const textOf = (name: string) => readFileSync(join(FOLDER, `${name}.ts`), 'utf8');
const notebookOf = (name: string): Notebook => JSON.parse(readFileSync(join(FOLDER, `${name}.ipynb`), 'utf8'));

it('are numbered from 1 to 6, each a text and a notebook', () => {
  expect(names.map((name) => name.split('_')[0]).sort()).toEqual(['1', '2', '3', '4', '5', '6']);
  const notebooks = readdirSync(FOLDER).filter((file) => file.endsWith('.ipynb'));
  expect(notebooks.map((file) => file.replace(/\.ipynb$/, '')).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (name) => {
  it('says in its notebook what its text says', () => {
    const cells = notebookOf(name).cells.map(({cell_type, source}) => ({type: cell_type, source: source.join('')}));
    expect(cells).toEqual(cellsOf(textOf(name)));
  });

  it('begins with a title and ends with claims, of which each holds', () => {
    const {cells} = notebookOf(name);
    expect(cells[0].source[0]).toMatch(new RegExp(`^# ${name.split('_')[0]}\\. `));
    const last = cells[cells.length - 1];
    const claims = last.source.join('').match(/^claim\(/gm) ?? [];
    expect(claims.length).toBeGreaterThanOrEqual(3);
    const printed = (last.outputs ?? []).flatMap(({text}) => text ?? []).join('');
    expect(printed.match(/^It holds: /gm)).toHaveLength(claims.length);
  });

  it('keeps its figures, and no error', () => {
    const outputs = notebookOf(name).cells.flatMap((cell) => cell.outputs ?? []);
    const figures = outputs.filter(({data}) => data?.['image/svg+xml']);
    expect(figures.length).toBeGreaterThanOrEqual(1);
    expect(outputs.filter(({output_type}) => output_type === 'error')).toEqual([]);
  });

  it('imports public names only', () => {
    const specifiers = [...textOf(name).matchAll(/^import .*?'([^']+)';$/gm)].map((match) => match[1]);
    expect(specifiers).toContain('tfjs-piecewise');
    for (const specifier of specifiers) {
      expect(specifier).not.toMatch(/\/(src|dist)\//);
      if (specifier.startsWith('.')) expect(existsSync(join(FOLDER, `${specifier}.ts`))).toBe(true);
      const subpath = specifier.match(/^tfjs-piecewise(\/.*)?$/);
      if (subpath) expect(Object.keys(manifest.exports)).toContain(`.${subpath[1] ?? ''}`);
    }
  });
});
