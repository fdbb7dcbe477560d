import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import {placeLabels} from '../../src/plot/place_labels';

const rows: pw.plot.AccuracyRow[] = [
  {family: 'wht', parameters: 1000, mean: 0.8, sd: 0.01, label: 'small'},
  {family: 'wht', parameters: 10_000, mean: 0.9, sd: null, label: 'large'},
  {family: 'dense', parameters: 10_000, mean: 0.85},
];

const places = (svg: string, color: string) =>
  [...parseHTML(svg).document.querySelectorAll(`path[fill="${color}"][transform]`)].map((mark) =>
    /translate\((\S+) (\S+)\)/.exec(mark.getAttribute('transform')!)!.slice(1).map(Number),
  );

it('puts rows where their numbers are, by families and on a scale of powers of ten', () => {
  const svg = pw.plot.accuracy(rows, {theme: 'light'});
  const {ours, dense} = pw.plot.colors.light;
  const [, small, large] = places(svg, ours); // the first is of the legend
  const [, rival] = places(svg, dense);
  expect(rival[0]).toBe(large[0]);
  expect(small[0]).toBeLessThan(large[0]);
  expect(large[1]).toBeLessThan(rival[1]);
  expect(rival[1] - large[1]).toBeCloseTo(small[1] - rival[1], 1);
  expect(svg).toContain('large: 90.00 %, 10,000 trainable parameters');
  expect(svg).toContain('small: 80.00 % ± 1.00 %, 1,000 trainable parameters');
});

it('shows errors, far apart ones on a scale of powers of ten', () => {
  const errors = [1e-6, 1e-4, 1e-2].map((mean, i) => ({family: 'wave', parameters: 8 * (i + 1), mean}));
  const svg = pw.plot.accuracy(errors, {metric: 'error', theme: 'light'});
  const [, a, b, c] = places(svg, pw.plot.colors.light.ours);
  expect(a[1] - b[1]).toBeCloseTo(b[1] - c[1], 0);
});

it('gives rivals the colour of dense networks, and the axis its name in tooltips', () => {
  const svg = pw.plot.accuracy(rows, {rivals: ['wht'], xName: 'bytes', theme: 'light'});
  const {ours, dense} = pw.plot.colors.light;
  expect(places(svg, dense)).toHaveLength(3); // with that of the legend
  expect(places(svg, ours)).toHaveLength(2);
  expect(svg).toContain('large: 90.00 %, 10,000 bytes');
  const wrong = {rivals: 'wht'} as unknown as pw.plot.AccuracyOptions;
  expect(() => pw.plot.accuracy(rows, wrong)).toThrow('plot.accuracy: rivals must be a list of families, but received');
});

it('draws one row, equal rows, and many families', () => {
  const [one] = rows;
  const many = Array.from({length: 12}, (_, i) => ({...one, family: `family ${i}`}));
  for (const some of [[one], [one, one], many]) {
    for (const metric of ['accuracy', 'error'] as const) {
      expect(pw.plot.accuracy(some, {metric})).not.toMatch(/NaN|Infinity/);
    }
  }
});

it('places labels beside their points, on nothing that is taken, and leaves out those without a place', () => {
  const frame = {left: 0, right: 100, top: 0, bottom: 100};
  const label = {x: 50, y: 50, width: 30, height: 12};
  const [{place}] = placeLabels([label], [], [], frame);
  expect(place.left).toBeGreaterThan(50);
  const [left] = placeLabels([label], [{left: 52, right: 100, top: 0, bottom: 100}], [], frame);
  expect(left.place.right).toBeLessThanOrEqual(52);
  const [over] = placeLabels([label], [], [frame], frame); // what is avoided is covered rather than a label left out
  expect(over.place).toEqual(place);
  expect(placeLabels([label], [frame], [], frame)).toEqual([]);
});

it.each([
  [[], {}, 'plot.accuracy: rows must be a list of at least one row, but received an empty list.'],
  [[{family: 'a', parameters: 0, mean: 0.5}], {}, 'rows[0].parameters must be a number > 0, but received 0'],
  [[{family: 'a', parameters: 1, mean: 87.5}], {}, 'rows[0].mean must be a share from 0 to 1, but received 87.5'],
  [[{family: 'a', parameters: 1, mean: -1}], {metric: 'error'}, 'rows[0].mean must be a number >= 0'],
  [[{family: 'a', parameters: 1, mean: 0, sd: -1}], {}, 'rows[0].sd must be a number >= 0, or null'],
  [[{parameters: 1, mean: 0}], {}, 'rows[0].family must be a text'],
  [[{family: 'a', parameters: 1, mean: 0}], {metric: 'erorr'}, "received 'erorr'. Did you mean 'error'?"],
])('refuses %j with options %j', (some, options, message) => {
  expect(() => pw.plot.accuracy(some as never, options as never)).toThrow(message);
});
