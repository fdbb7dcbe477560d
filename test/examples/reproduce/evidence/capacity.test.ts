import {
  CAPACITY_NETWORKS,
  type CapacityOptions,
  type CapacityResult,
  nextCapacity,
} from '../../../../examples/reproduce/evidence/capacity';
import {capacityTable} from '../../../../examples/reproduce/evidence/page/capacity';

const options: CapacityOptions = {loads: [3, 0.5, 1, 1.5, 2], trials: 4, steps: 10};

/** All trainings, where a network learns up to a load of its own. */
function runAll(most: (network: string) => number): CapacityResult[] {
  const results: CapacityResult[] = [];
  for (let next = nextCapacity(options, results); next; next = nextCapacity(options, results)) {
    const learned = next.load <= most(next.network) ? 4 : 0;
    const interval: [number, number] = learned > 0 ? [0.5, 1] : [0, 0.49];
    results.push({
      ...next,
      title: next.network,
      inputs: 16,
      parameters: 100,
      patterns: 100 * next.load,
      learned,
      interval,
    });
  }
  return results;
}

it('trains small loads first, and each network until it learned nothing at two loads in a row', () => {
  const results = runAll((network) => (network === 'waves' ? 0 : network === 'perceptron' ? 2 : 0.5));
  const loads = (name: string) => results.filter(({network}) => network === name).map(({load}) => load);
  expect(results.slice(0, CAPACITY_NETWORKS.length).map(({network, load}) => `${network} ${load}`)).toEqual(
    CAPACITY_NETWORKS.map((network) => `${network} 0.5`),
  );
  expect(loads('waves')).toEqual([0.5, 1]);
  expect(loads('dense')).toEqual([0.5, 1, 1.5]);
  expect(loads('perceptron')).toEqual([0.5, 1, 1.5, 2, 3]);
  expect(nextCapacity({...options, steps: 20}, results)).toMatchObject({load: 0.5, steps: 20});
  const text = capacityTable(results);
  expect(text).toMatch(/\| waves +\| 100 +\| < 0\.5 /);
  expect(text).toMatch(/\| perceptron +\| 100 +\| 2\.50 /);
});

it('goes on from what is there', () => {
  const results = runAll(() => 1);
  const [lost] = results.splice(7, 1);
  expect(nextCapacity(options, results)).toMatchObject({network: lost.network, load: lost.load});
});
