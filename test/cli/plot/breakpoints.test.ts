import type {LinearRegions} from '../../../src/analysis';
import {breakpointsPlot} from '../../../src/cli/plot';

const segment = (breakpoints: number[]): LinearRegions => ({
  regions: breakpoints.length + 1,
  activationCells: breakpoints.length + 1,
  exact: true,
  breakpoints,
  notes: [],
});

it('draws a line for each breakpoint, at its share of the way', () => {
  const svg = breakpointsPlot([segment([0.25, 0.5]), segment([])]);
  expect(svg).toContain('d="M196 94v26M336 94v26"');
  expect(svg).toContain('>3 regions<');
  expect(svg).toContain('>1 region<');
  expect(svg.match(/<rect [^>]*#f1f3f5/g)).toHaveLength(2);
});

it('draws thinner lines where there are many', () => {
  const many = Array.from({length: 500}, (_, i) => (i + 1) / 501);
  const width = (breakpoints: number[]) =>
    Number(/stroke-width="(.*?)"/.exec(breakpointsPlot([segment(breakpoints)]))![1]);
  expect(width(many)).toBeLessThan(width([0.5]));
});
