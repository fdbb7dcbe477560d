import {
  COMPARED,
  FAMILIES,
  type Family,
  type FamilyName,
} from '../../../../examples/reproduce/evidence/images/networks';
import type {ImageRun} from '../../../../examples/reproduce/evidence/images/runs';
import {imageCells, longestCells, triedCells} from '../../../../examples/reproduce/evidence/page/image_cells';
import {familyTable, longerSetting} from '../../../../examples/reproduce/evidence/page/images';

const file = {weightBytes: 100, layerBytes: 100, test: 0.5};

function run(family: FamilyName, budget: number, given: Partial<ImageRun> = {}): ImageRun {
  const {name: network, parameters} = (FAMILIES[family] as Family).network(budget)!;
  const trained = {validation: 0.8, test: 0.8, seconds: 1, files: {float32: file, float16: file, uint8: file}};
  const training = {learningRate: 0.01, seed: 1, images: 100, epochs: 4};
  return {family, budget, network, parameters, ...training, ...trained, ...given};
}
const all = (budget: number, given: Partial<ImageRun> = {}) => COMPARED.map((family) => run(family, budget, given));
const names = (cells: readonly {family: string; budget: number}[]) =>
  cells.map((cell) => `${cell.family} ${cell.budget}`);

it('the large table has whole budgets only, and variants have another one', () => {
  const runs = [...all(2048), ...all(8192), ...all(4096).slice(1), run('signs', 8192), run('turns', 8192)];
  expect(names(imageCells(runs))).toEqual([...names(all(2048)), ...names(all(8192))]);
  expect(names(triedCells(runs))).toEqual([...names(all(8192)), 'signs 8192', 'turns 8192']);
  expect(triedCells(all(2048))).toEqual([]);
  expect(familyTable([])).toBe('None is recorded yet.');
});

it('of two rates it shows that which validation images chose, and all of its seeds', () => {
  const other = {learningRate: 0.02, validation: 0.9};
  const tried = [
    run('dense', 2048),
    run('dense', 2048, {...other, test: 0.7}),
    run('dense', 2048, {...other, seed: 2}),
  ];
  const [dense] = imageCells([...all(2048).slice(1), ...tried]);
  expect(dense).toMatchObject({family: 'dense', learningRate: 0.02, rates: [0.01, 0.02]});
  expect(dense.mean).toBeCloseTo(0.75, 10);
  expect(dense.deviation).toBeCloseTo(Math.sqrt(0.005), 10);
});

it('longer trainings stand beside the short ones, until they are of as many families and budgets', () => {
  const short = [...all(2048), ...all(4096)];
  expect(longestCells(short)).toBeNull();
  expect(longerSetting(null)).toBe('None is recorded yet.');
  const some = [run('dense', 4096, {epochs: 8}), run('signs', 4096, {epochs: 8, test: 0.9})];
  const longest = longestCells([...short, ...some])!;
  expect(imageCells([...short, ...some])[0].runs[0].epochs).toBe(4);
  expect([longest.images, longest.epochs, ...names(longest.cells)]).toEqual([100, 8, 'dense 4096', 'signs 4096']);
  const text = longerSetting(longest);
  expect(text).toContain('100 training images, 8 epochs, 1 seed for each number');
  expect(text).toContain('The highest rate is that of the shorter trainings.');
  const another = longestCells([
    ...short,
    ...some,
    run('dense', 4096, {epochs: 8, learningRate: 0.02, validation: 0.9}),
  ]);
  expect(longerSetting(another)).toContain(
    'The highest rate is the best of those tried on validation images for dense, and that of the shorter trainings for the others.',
  );
  expect(text).toMatch(/\| dense +\| 80\.0 \(3,985\) +\|/);
  expect(text).toMatch(/\| transform with trained signs +\| \*\*90\.0 \(.*\)\*\* \|/);
  const long = [...short, ...all(2048, {epochs: 8}), ...all(4096, {epochs: 8})];
  expect(imageCells(long)[0].runs[0].epochs).toBe(8);
  expect(longestCells(long)).toBeNull();
});
