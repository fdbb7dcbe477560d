import * as tf from '@tensorflow/tfjs';
import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import type {LinearRegions} from '../../src/analysis';

const segment = (breakpoints: number[], values?: number[][]): LinearRegions => ({
  regions: breakpoints.length + 1,
  activationCells: breakpoints.length + 1,
  exact: true,
  breakpoints,
  notes: [],
  ...(values && {values}),
});

describe('without values', () => {
  it('draws a row for each segment, and a line for each breakpoint at its share of the way', () => {
    const svg = pw.plot.breakpoints([segment([0.25, 0.5]), segment([])], {theme: 'light'});
    const [, x1, x2] = /d="M([\d.]+) [\d.]+v[\d.]+M([\d.]+) [\d.]+v[\d.]+" stroke-width="1.2"/.exec(svg)!.map(Number);
    const box = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg)!.map(Number);
    expect(x1).toBeCloseTo(box[1] + box[2] / 4, 1);
    expect(x2).toBeCloseTo(box[1] + box[2] / 2, 1);
    expect(svg).toContain('>3 regions<');
    expect(svg).toContain('>1 region<');
  });

  it('draws thinner lines where there are many', () => {
    const many = Array.from({length: 500}, (_, i) => (i + 1) / 501);
    const width = (breakpoints: number[]) =>
      Number(/v[\d.]+" stroke-width="(.*?)"/.exec(pw.plot.breakpoints(segment(breakpoints)))![1]);
    expect(width(many)).toBeLessThan(width([0.5]));
  });
});

describe('with values', () => {
  const tent = segment([0.5], [[0], [1], [0]]);

  it('draws the function exactly, with a dot and a tick for each breakpoint', () => {
    const svg = pw.plot.breakpoints(tent, {x: [-2, 2], theme: 'light'});
    const {document} = parseHTML(svg);
    const {ours} = pw.plot.colors.light;
    const curve = document.querySelector(`path[fill="none"][stroke="${ours}"]`)!.getAttribute('d')!;
    const points = curve
      .slice(1)
      .split('L')
      .map((point) => point.split(' ').map(Number));
    expect(points).toHaveLength(3);
    expect(points[1][0]).toBeCloseTo((points[0][0] + points[2][0]) / 2, 1);
    expect(points[0][1]).toBe(points[2][1]);
    expect(points[1][1]).toBeLessThan(points[0][1]); // upwards
    expect(document.querySelectorAll('circle')).toHaveLength(1);
    expect(svg).toContain('2 linear regions');
  });

  it('puts a list into panels of its own families and names, with the data behind', () => {
    const svg = pw.plot.breakpoints([tent, tent], {
      names: ['wave', 'dense <1>'],
      families: ['ours', 'dense'],
      points: {x: Float32Array.of(0, 0.5, 9), y: [1, 2, 3]},
      theme: 'light',
    });
    expect(svg).toContain('wave: 2 regions');
    expect(svg).toContain('dense &lt;1&gt;: 2 regions');
    expect(svg).toContain(`stroke="${pw.plot.colors.light.dense}"`);
    expect(svg.match(/h0M[^"]*h0"/g)).toHaveLength(2); // the third point is outside
  });

  it('draws all outputs, and a constant', () => {
    const svg = pw.plot.breakpoints(
      segment(
        [],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ); // prettier-ignore
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('are what countLinearRegions gives, equal to the predictions', async () => {
    const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 4, inputShape: [1], seed: 2})]});
    const {values, breakpoints, regions} = await pw.analysis.countLinearRegions(model, {
      from: [0],
      to: [1],
      values: true,
    });
    expect(values).toHaveLength(regions + 1);
    const x = tf.tensor2d([0, ...breakpoints, 1], [regions + 1, 1]);
    const y = model.predict(x) as tf.Tensor;
    for (const [i, value] of y.dataSync().entries()) expect(values![i][0]).toBeCloseTo(value, 5);
    tf.dispose([x, y]);
    model.dispose();
  });
});

it.each([
  [[], {}, 'plot.breakpoints: the first argument must be what countLinearRegions returns, but received an empty list.'],
  [Promise.resolve(), {}, 'received [object Promise]. Await it, or a list of it.'],
  [segment([]), {x: [1, 0]}, 'plot.breakpoints: x must be two finite numbers [low, high] with low < high'],
  [segment([]), {names: ['a', 'b']}, 'names must be 1 texts, but received [a,b]'],
  [segment([]), {families: ['other']}, "families must be 1 of 'ours' and 'dense'"],
  [segment([]), {points: {x: [1], y: [1, 2]}}, 'points must have as many x as y, but received 1 and 2'],
  [segment([]), {points: {x: [Number.NaN], y: [1]}}, 'points.x must be finite numbers, but received NaN at [0]'],
  [segment([], [[0], [1]]), {height: 150}, /height must be at least \d+, but received 150/],
])('refuses %j with options %j', (found, options, message) => {
  expect(() => pw.plot.breakpoints(found as never, options as never)).toThrow(message);
});
