import {parseHTML} from 'linkedom';
import type {LinearRegions2d} from '../../../src/analysis';
import {linearRegions2dPlot} from '../../../src/cli/plot';

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

const paths = (svg: string) => [...parseHTML(svg).document.querySelectorAll('g path')];

it('draws every polygon where it is, y upwards', () => {
  const svg = linearRegions2dPlot(fold, {x: [-1, 1], y: [0, 2]});
  expect(paths(svg).map((path) => path.getAttribute('d'))).toEqual([
    'M314 600L64 600L64 100L314 100Z',
    'M314 600L564 600L564 100L314 100Z',
  ]);
});

it('gives the lowest and the highest polygon the ends of the colours', () => {
  const svg = linearRegions2dPlot(fold, {x: [-1, 1], y: [0, 2]});
  expect(paths(svg).map((path) => path.getAttribute('fill'))).toEqual(['#440154', '#fde725']);
  expect(svg).toContain('>1.5<');
  expect(svg).toContain('>0.5<');
});

it('draws a constant', () => {
  const [polygon] = fold.polygons;
  const flat = {
    ...fold,
    regions: 1,
    activationCells: 1,
    exact: true,
    polygons: [{...polygon, values: [[4], [4], [4], [4]]}],
  };
  const svg = linearRegions2dPlot(flat, {x: [-1, 0], y: [0, 2]});
  expect(svg).not.toContain('NaN');
  expect(svg.match(/>4</g)).toHaveLength(1);
  expect(svg).toContain('<title id="title">1 linear region, 1 activation cell</title>');
});

it('marks points, only those in the window', () => {
  const marks = [
    {x: 0, y: 1, name: 'in <&> side'},
    {x: 5, y: 1, name: 'far'},
  ];
  const svg = linearRegions2dPlot(fold, {x: [-1, 1], y: [0, 2], marks});
  expect(svg).toContain('in &lt;&amp;&gt; side');
  expect(svg).not.toContain('far');
  expect(svg).toContain('<circle cx="314" cy="350"');
});
