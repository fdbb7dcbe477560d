import {analysis} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {expectClose} from '../../support/close';
import {flood} from '../support/exact_flood';
import {modelOf, randomNetwork} from '../support/exact_network';

useBackend();

const {linearRegions2d} = analysis;

function areaOf({vertices}: analysis.LinearPolygon): number {
  const parts = vertices.map(([x, y], i) => {
    const [p, q] = vertices[(i + 1) % vertices.length];
    return x * q - p * y;
  });
  return parts.reduce((sum, part) => sum + part, 0) / 2;
}

const window = {x: [-3, 3], y: [-3, 3]} as const;

describe('equals a walk from polygon to polygon in rational numbers', () => {
  it.each([false, true])('of 100 random networks (weights of few sizes: %p)', async (coarse) => {
    let cells = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const network = randomNetwork(seed, 2, coarse);
      const model = modelOf(network);
      const actual = await linearRegions2d(model, window);
      model.dispose();
      const expected = flood(network, [-3n, 3n]);
      expect([seed, actual.activationCells, actual.regions]).toEqual([
        seed,
        expected.activationCells,
        expected.regions,
      ]);
      const areas = actual.polygons.map(areaOf).sort((a, b) => a - b);
      expectClose(areas, expected.areas, {relative: 1e-12, absolute: 0});
      cells += actual.activationCells;
    }
    expect(cells).toBeGreaterThan(1000);
  });
});
