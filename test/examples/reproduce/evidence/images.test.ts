import * as tf from '@tensorflow/tfjs';
import {
  BUDGETS,
  COMPARED,
  FAMILIES,
  type Family,
  type FamilyName,
} from '../../../../examples/reproduce/evidence/images/networks';
import {type ImageOptions, type ImageRun, nextRun} from '../../../../examples/reproduce/evidence/images/runs';
import {firstOf} from '../../../../examples/reproduce/evidence/images/train';

const NAMES = Object.keys(FAMILIES) as FamilyName[];

it.each(NAMES)('%s has the parameters that it says, within its budget', (family) => {
  for (const budget of [...BUDGETS.slice(0, 4), 1000, 3000]) {
    const network = (FAMILIES[family] as Family).network(budget);
    if (!network) continue;
    const model = network.build(1);
    const count = model.trainableWeights.reduce((sum, {shape}) => sum + tf.util.sizeFromShape(shape as number[]), 0);
    expect(count).toBe(network.parameters);
    expect(count).toBeLessThanOrEqual(budget);
    expect(model.outputs[0].shape).toEqual([null, 10]);
    model.dispose();
  }
});

describe('the order of trainings', () => {
  const options: ImageOptions = {
    families: COMPARED,
    images: 100,
    epochs: 1,
    seeds: [1, 2],
    budgets: [1024, 2048],
    rateBudgets: [2048],
    mostRates: 6,
  };

  /** All runs, as if the validation images liked the second rate best. */
  function runAll({liked = (family) => FAMILIES[family].rates[1], ...given}: Given = {}): ImageRun[] {
    const runs: ImageRun[] = [];
    const wanted = {...options, ...given};
    for (let next = nextRun(wanted, runs); next; next = nextRun(wanted, runs)) {
      const validation = -Math.abs(Math.log(next.learningRate / liked(next.family)));
      runs.push({...next, validation, test: 0.5});
    }
    return runs;
  }
  type Given = Partial<ImageOptions> & {liked?: (family: FamilyName) => number};

  it('tries rates at their budget first, then one seed for all, cheap budgets first, then the others', () => {
    const runs = runAll();
    const searched = 3 * COMPARED.length;
    expect(runs.slice(0, searched).every(({budget, seed}) => budget === 2048 && seed === 1)).toBe(true);
    const rest = runs.slice(searched);
    // Dense networks have none of 1,024, and seed 1 of 2,048 is there already.
    expect(rest.map(({seed, budget}) => `${seed} ${budget}`)).toEqual([
      ...Array(COMPARED.length - 1).fill('1 1024'),
      ...Array(COMPARED.length - 1).fill('2 1024'),
      ...Array(COMPARED.length).fill('2 2048'),
    ]);
    for (const {family, learningRate} of rest) {
      expect(learningRate).toBe(FAMILIES[family].rates[1]);
    }
  });

  it.each([
    [0.01, [0.01, 0.02, 0.005]],
    [0.02, [0.01, 0.02, 0.04]],
    [0.08, [0.01, 0.02, 0.04, 0.08, 0.16]],
    [0.0025, [0.01, 0.02, 0.005, 0.0025, 0.00125]],
    [1, [0.01, 0.02, 0.04, 0.08, 0.16, 0.32]], // and no more
  ])('goes on to twice and to half of the best rate, if that is %d', (best, expected) => {
    const one: Given = {families: ['dense'], budgets: [2048], seeds: [1], liked: () => best};
    expect(runAll(one).map(({learningRate}) => learningRate)).toEqual(expected);
    expect(runAll({...one, mostRates: 2})).toHaveLength(2);
  });

  it('gives the other seeds the rate that did best at their budget', () => {
    const one: ImageOptions = {...options, families: ['dense'], budgets: [4096]};
    const runs = runAll({families: ['dense'], budgets: [4096], seeds: [1]});
    const own = runs.find(({budget}) => budget === 4096)!;
    expect(nextRun(one, runs)).toMatchObject({seed: 2, learningRate: own.learningRate});
    const better = {...own, learningRate: 0.5, validation: 1};
    expect(nextRun(one, [...runs, better])).toMatchObject({seed: 2, learningRate: 0.5});
  });

  it('goes on from what is there, and passes over what failed', () => {
    const runs = runAll();
    expect(nextRun(options, runs)).toBeNull();
    const {validation, test, ...lost} = runs[2];
    const others = runs.filter((run) => run !== runs[2]);
    expect(nextRun(options, others)).toEqual(lost);
    expect(nextRun(options, [...others, {...lost, failed: 'the loss became NaN in epoch 1'}])).toBeNull();
    expect(nextRun({...options, seeds: [1, 2, 3]}, runs)!.seed).toBe(3);
  });

  it('takes families, a seed and a budget of anybody, and rates that other trainings have chosen', () => {
    const runs = runAll();
    const mine: ImageOptions = {
      ...options,
      families: ['depthwise', 'signs'],
      images: 500,
      seeds: [7],
      budgets: [3000],
      ratesOf: {images: 100, epochs: 1},
    };
    const first = nextRun(mine, runs)!;
    const best = FAMILIES.depthwise.rates[1];
    expect(first).toMatchObject({family: 'depthwise', budget: 3000, seed: 7, images: 500, learningRate: best});
    const second = nextRun(mine, [...runs, {...first, test: 0.5}])!;
    expect(second).toMatchObject({family: 'signs', learningRate: FAMILIES.signs.rates[0]}); // which has none to choose from
    expect(nextRun(mine, [...runs, first, second])).toBeNull();
  });
});

it('takes the same images of a set, in proportion to its classes', () => {
  const count = 1000;
  const y = Uint8Array.from({length: count}, (_, i) => i % 10);
  const x = Float32Array.from({length: 2 * count}, (_, i) => i);
  const some = firstOf({x, y, count}, 400);
  expect(some.count).toBe(400);
  for (const [row, label] of some.y.entries()) {
    expect(some.x[2 * row] % 20).toBe(2 * label);
    expect(some.x[2 * row + 1]).toBe(some.x[2 * row] + 1);
  }
  const ones = some.y.filter((label) => label === 1).length;
  expect(ones).toBeGreaterThan(25);
  expect(ones).toBeLessThan(55);
});
