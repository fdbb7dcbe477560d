import {parseHTML} from 'linkedom';
import {bendHistogram} from '../../../src/cli/plot';

const heights = (svg: string, fill: string) =>
  [...parseHTML(svg).document.querySelectorAll(`rect[fill="${fill}"]`)].map((bar) =>
    Number(bar.getAttribute('height')),
  );

it('counts each bend in one bar, and those of 0 in a bar of their own', () => {
  const svg = bendHistogram([0, 0, 0.5, 0.5, 0.5, 0.5, 2]);
  const [half, most] = heights(svg, '#1f77b4');
  expect(heights(svg, '#1f77b4')).toHaveLength(2);
  expect(half / most).toBeCloseTo(4, 2);
  expect(heights(svg, '#b0b0b0')[0] / most).toBeCloseTo(2, 2);
  expect(svg).toContain('5 live of 7 breakpoints');
  expect(svg).toContain('2 that do not bend');
});

it('shows where a plain ReLU is, if that is in the picture', () => {
  expect(bendHistogram([2])).toContain('>ReLU<');
  expect(bendHistogram([0.5])).not.toContain('>ReLU<');
});

it.each([
  ['no breakpoint', []],
  ['none that bends', [0, 0]],
])('draws a model with %s', (_, bends) => {
  const svg = bendHistogram(bends);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(heights(svg, '#1f77b4')).toEqual([]);
});

it('holds a hundred thousand bends', () => {
  const svg = bendHistogram(new Float64Array(1e5).map((_, i) => i / 1e5));
  expect(heights(svg, '#1f77b4').length).toBeLessThanOrEqual(40);
});
