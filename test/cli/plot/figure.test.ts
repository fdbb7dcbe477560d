import {parseHTML} from 'linkedom';
import {bendHistogram, breakpointsPlot, linearRegions2dPlot} from '../../../src/cli/plot';
import {scale, shortNumber, ticks} from '../../../src/cli/plot/scale';
import {element} from '../../../src/cli/plot/svg';

const polygon = {
  vertices: [
    [0, 0],
    [1, 0],
    [0, 1],
  ] as [number, number][],
  gradients: [[0, 0]] as [number, number][],
  values: [[0], [0], [0]],
  region: 0,
};

it.each([
  ['bends', bendHistogram([0, 1])],
  ['breakpoints', breakpointsPlot([{regions: 2, activationCells: 2, exact: true, breakpoints: [0.5], notes: []}])],
  [
    'regions',
    linearRegions2dPlot(
      {regions: 1, activationCells: 1, exact: true, polygons: [polygon], notes: []},
      {x: [0, 1], y: [0, 1]},
    ),
  ],
])('the picture of %s is an image with a title and a description', (_, svg) => {
  const image = parseHTML(svg).document.querySelector('svg')!;
  expect(image.getAttribute('role')).toBe('img');
  expect(image.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
  const named = image.getAttribute('aria-labelledby')!.split(' ');
  for (const id of named) expect(image.querySelector(`#${id}`)!.textContent!.length).toBeGreaterThan(10);
  expect(named).toEqual(['title', 'description']);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

it('escapes what stands in attributes and leaves no more than two decimals', () => {
  expect(element('a', {b: '<"&">', c: 1 / 3})).toBe('<a b="&lt;&quot;&amp;&quot;&gt;" c="0.33"/>');
});

it('puts ticks at round numbers', () => {
  expect(ticks([-1, 1], 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(ticks([0.03, 0.31], 6)).toEqual([0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  expect(ticks([0, 1050], 5)).toEqual([0, 500, 1000]);
});

it('scales, also downwards', () => {
  const at = scale([-1, 3], [100, 20]);
  expect([-1, 1, 3].map(at)).toEqual([100, 60, 20]);
});

it('writes numbers short', () => {
  expect([0, 0.1 + 0.2, 12345, 1e-5, 2.5e7].map((value) => shortNumber(value))).toEqual([
    '0',
    '0.3',
    '12350',
    '1e-5',
    '2.5e+7',
  ]);
});
