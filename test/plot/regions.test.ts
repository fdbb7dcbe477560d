import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import type {LinearRegions2d} from '../../src/analysis';

/** |x| on [-1, 1] x [0, 2]. */
const fold: LinearRegions2d = {
  regions: 2,
  activationCells: 2,
  exact: true,
  notes: [],
  polygons: [-1, 1].map((side, region) => ({
    vertices: [
      [0, 0],
      [side, 0],
      [side, 2],
      [0, 2],
    ],
    gradients: [[side, 0]],
    values: [[0], [side === 1 ? 3 : 1], [side === 1 ? 3 : 1], [0]],
    region,
  })),
};

const draw = (options: pw.plot.RegionsOptions = {}) => pw.plot.regions(fold, {theme: 'light', ...options});
const paths = (svg: string) => [...parseHTML(svg).document.querySelectorAll('g path')];
const corners = (path: Element) =>
  path
    .getAttribute('d')!
    .slice(1, -1)
    .split('L')
    .map((corner) => corner.split(' ').map(Number)); // prettier-ignore

it('draws every polygon where it is, y upwards, in the window of the polygons', () => {
  const [left, right] = paths(draw()).map(corners);
  const [middle, bottom] = left[0];
  expect(left[1][0]).toBeLessThan(middle);
  expect(right[1][0] - middle).toBeCloseTo(middle - left[1][0], 1);
  expect(left[2][1]).toBeLessThan(bottom);
  expect(right[0]).toEqual([middle, bottom]);
});

it('cuts at a smaller window', () => {
  const clip = parseHTML(draw({x: [0, 0.5]})).document.querySelector('svg svg')!;
  expect(clip.getAttribute('overflow')).toBe('hidden');
  const [, right] = paths(draw({x: [0, 0.5]})).map(corners);
  const [x, width] = ['x', 'width'].map((name) => Number(clip.getAttribute(name)));
  expect(right[1][0] - x).toBeCloseTo(2 * width, 1);
});

it('gives the lowest and the highest polygon the ends of the colours', () => {
  const svg = draw();
  expect(paths(svg).map((path) => path.getAttribute('fill'))).toEqual(['#440154', '#fde725']);
  expect(svg).toContain('>1.5<');
  expect(svg).toContain('>0.5<');
});

it('draws a constant', () => {
  const [polygon] = fold.polygons;
  const flat = {...fold, regions: 1, polygons: [{...polygon, values: [[4], [4], [4], [4]]}]};
  const svg = pw.plot.regions(flat, {x: [-1, 0], y: [0, 2]});
  expect(svg).not.toContain('NaN');
  expect(svg.match(/>4</g)).toHaveLength(1);
  expect(svg).toContain('<title>1 linear region</title>');
});

it('marks points, only those in the window', () => {
  const marks = [
    {x: 0, y: 1, name: 'in <&> side'},
    {x: 5, y: 1, name: 'far'},
  ];
  const svg = draw({marks});
  expect(svg).toContain('in &lt;&amp;&gt; side');
  expect(svg).not.toContain('far');
  expect(svg.match(/<circle/g)).toHaveLength(1);
});

it.each([
  [undefined, {}, 'plot.regions: the first argument must be what linearRegions2d returns, but received undefined.'],
  [fold, {output: 1}, 'plot.regions: output must be below 1, but received 1. The first is 0.'],
  [fold, {y: [0, Number.NaN]}, 'plot.regions: y must be two finite numbers'],
  [fold, {height: 150}, /height must be at least \d+, but received 150/],
])('refuses %j with options %j', (found, options, message) => {
  expect(() => pw.plot.regions(found as never, options as never)).toThrow(message);
});

it('has a colour under all polygons, and under nothing else: between slivers no ground shines through', () => {
  const svg = draw({x: [-2, 2], y: [-1, 3]});
  const [under] = [...parseHTML(svg).document.querySelectorAll('g > rect')];
  const edges = paths(svg).flatMap(corners);
  const [xs, ys] = [edges.map(([x]) => x), edges.map(([, y]) => y)];
  const at = (name: string) => Number(under.getAttribute(name));
  expect(at('x')).toBeCloseTo(Math.min(...xs), 1);
  expect(at('x') + at('width')).toBeCloseTo(Math.max(...xs), 1);
  expect(at('y')).toBeCloseTo(Math.min(...ys), 1);
  expect(at('y') + at('height')).toBeCloseTo(Math.max(...ys), 1);
});
