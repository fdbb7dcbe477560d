import {analysis} from 'tfjs-piecewise';
import {flood} from '../../oracle/flood';
import {readModel} from '../../oracle/read_model';
import {useBackend} from '../../support/backend';
import {expectClose} from '../../support/close';
import {randomModel} from '../support/random_model';

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
      const model = randomModel(seed, 2, coarse);
      const actual = await linearRegions2d(model, window);
      const expected = flood(readModel(model), window);
      model.dispose();
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
