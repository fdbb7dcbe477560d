import * as tf from '@tensorflow/tfjs';
import {countLinearRegions, linearRegions2d} from '../../../src/analysis';
import {NEW_ROWS, RowsInTurn} from '../../../src/analysis/regions/row_source';
import {normal} from '../../support/random';
import {shuffled} from '../support/models';

const {conv2d, depthwiseConv2d, batchNormalization, reLU, flatten, dense} = tf.layers;

/** Kernels large enough that rows follow from each other, with several pairs of a kernel and functions. */
const deep = () =>
  shuffled(
    tf.sequential({
      layers: [
        conv2d({filters: 6, kernelSize: 3, padding: 'same', inputShape: [7, 7, 3]}),
        reLU({maxValue: 1}),
        conv2d({filters: 6, kernelSize: 3, padding: 'same'}),
        batchNormalization(),
        reLU(),
        depthwiseConv2d({kernelSize: 3, depthMultiplier: 3}),
        reLU({maxValue: 6}),
        conv2d({filters: 8, kernelSize: 3, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ],
    }),
  );

const [origin, u, v] = [1, 2, 3].map((seed) => [...normal(147, seed)]);
const on = (t: number) => origin.map((x, i) => x + t * u[i]);

it('a long segment has the breakpoints and values of its short parts, whose rows are never written over', async () => {
  const model = deep();
  const values = true;
  const whole = await countLinearRegions(model, {from: on(0), to: on(1), values});
  expect(whole.activationCells).toBeGreaterThan(200);
  const parts = 100;
  let cells = 1;
  const found: number[] = [];
  const ends: number[][] = [];
  for (let part = 0; part < parts; part++) {
    const own = await countLinearRegions(model, {from: on(part / parts), to: on((part + 1) / parts), values});
    cells += own.activationCells - 1;
    found.push(...own.breakpoints.map((t) => (part + t) / parts));
    ends.push(...own.values!.slice(1, -1));
  }
  model.dispose();
  expect(cells).toBe(whole.activationCells);
  expect(found.length).toBe(whole.breakpoints.length);
  for (const [i, t] of found.entries()) expect(t).toBeCloseTo(whole.breakpoints[i], 10);
  for (const [i, end] of ends.entries()) {
    for (const [k, y] of end.entries()) expect(y).toBeCloseTo(whole.values![i + 1][k], 8);
  }
});

it('polygons of a window have the derivatives and corners of the function, however many there are', async () => {
  const model = deep();
  const plane = {origin, u, v};
  const {polygons} = await linearRegions2d(model, {x: [0, 0.05], y: [0, 0.05], plane});
  expect(polygons.length).toBeGreaterThan(60);
  const at = polygons.flatMap(({vertices}) => vertices);
  const points = at.map(([x, y]) => origin.map((z, i) => z + x * u[i] + y * v[i]));
  const outputs = (await (
    model.predict(tf.tensor(points, [at.length, 147]).reshape([-1, 7, 7, 3])) as tf.Tensor
  ).array()) as number[][];
  model.dispose();
  let next = 0;
  for (const {vertices, gradients, values} of polygons) {
    for (const [i, [x, y]] of vertices.entries()) {
      for (const [k, [dx, dy]] of gradients.entries()) {
        expect(values[i][k]).toBeCloseTo(outputs[next][k], 4);
        const along = values[0][k] + dx * (x - vertices[0][0]) + dy * (y - vertices[0][1]);
        expect(values[i][k]).toBeCloseTo(along, 9);
      }
      next++;
    }
  }
});

it('rows in turn are the same ones after as many others, and new ones never are', () => {
  const source = new RowsInTurn(3);
  const first = source.copyOf(Float64Array.of(1, 2));
  expect(first).toEqual(Float64Array.of(1, 2));
  expect(new Set([first, source.row(2), source.row(2)]).size).toBe(3);
  expect(source.row(2)).toBe(first);
  const given = Float64Array.of(3);
  expect(NEW_ROWS.copyOf(given)).toEqual(given);
  expect(NEW_ROWS.copyOf(given)).not.toBe(given);
});
