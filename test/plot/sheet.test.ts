import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import {colorOf} from '../../src/plot/color';
import {linear, logarithmic, shortNumber, ticks} from '../../src/plot/scale';
import {element, escapeText} from '../../src/plot/svg';
import {fitted, widthOf, wrapped} from '../../src/plot/text';

const rows = [
  {family: 'dense', parameters: 100, mean: 0.8, label: 'dense'},
  {family: 'wht', parameters: 200, mean: 0.9, label: 'ours'},
];

describe('a picture', () => {
  const draw = (options: pw.plot.AccuracyOptions = {}) => pw.plot.accuracy(rows, options);
  const root = (svg: string) => parseHTML(svg).document.querySelector('svg')!;

  it('is an image with a title and a description, as large as asked', () => {
    const image = root(draw({title: 'Digits', description: 'By size', width: 400, height: 330}));
    expect(image.getAttribute('role')).toBe('img');
    expect(image.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
    expect(image.getAttribute('aria-label')).toBe('Digits. By size');
    expect(image.getAttribute('viewBox')).toBe('0 0 400 330');
    expect(image.querySelector('desc')!.textContent).toBe('By size');
  });

  it('has no id, so that several stand on one page', () => {
    expect(draw()).not.toMatch(/\sid="/);
  });

  it('follows the page, or is light or dark', () => {
    const {light, dark} = pw.plot.colors;
    const [auto, day, night] = [draw(), draw({theme: 'light'}), draw({theme: 'dark'})];
    expect(auto).toContain('prefers-color-scheme:dark');
    expect(auto).toContain(`fill="${light.ground}"`);
    expect(day).not.toMatch(/prefers-color-scheme|class="pw-f/);
    for (const color of Object.values(dark)) expect(day).not.toContain(color);
    for (const color of Object.values(light)) expect(night).not.toContain(color);
    expect(night).toContain(dark.ours);
  });

  it('may have no ground', () => {
    expect(draw({theme: 'light', background: false})).not.toContain('<rect');
  });

  it('escapes texts from anybody', () => {
    const hostile = `</text><script>alert("1")</script>&'\u0000\ud800`;
    const svg = draw({
      title: hostile,
      description: hostile,
      familyNames: {wht: hostile},
      xName: hostile,
      yName: hostile,
    });
    expect(svg).not.toContain('<script');
    for (const forbidden of ['\u0000', '\ud800']) expect(svg).not.toContain(forbidden);
    expect(parseHTML(svg).document.querySelectorAll('script')).toHaveLength(0);
  });

  it.each([
    [{width: 100}, 'plot.accuracy: width must be a number from 280 to 4000, but received 100.'],
    [{height: 10}, 'plot.accuracy: height must be a number from 120 to 10000, but received 10.'],
    [{height: 160}, /^plot.accuracy: height must be at least \d+, but received 160. Leave it out.$/],
    [{theme: 'drak'}, "received 'drak'. Did you mean 'dark'?"],
    [{title: 5}, "plot.accuracy: title must be a text, but received 5. For example {title: 'Digits'}."],
    [{background: 'no'}, 'background must be true or false'],
    [{tilte: 'a'}, "received 'tilte'. Did you mean 'title'?"],
    ['wide', "options must be an object, but received 'wide'"],
  ])('refuses options %j', (options, message) => {
    expect(() => draw(options as never)).toThrow(message);
  });
});

/** Contrast of two colours (WCAG 2). */
function contrast(a: string, b: string): number {
  const [light, dark] = [a, b]
    .map((color) => {
      const [r, g, blue] = [1, 3, 5].map((i) => {
        const c = Number.parseInt(color.slice(i, i + 2), 16) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
    })
    .sort((x, y) => y - x);
  return light / dark;
}

it.each(['light', 'dark'] as const)('%s colours of texts are readable on their ground', (theme) => {
  const {ground, ink, quiet, ours, dense} = pw.plot.colors[theme];
  for (const color of [ink, quiet, ours, dense]) expect(contrast(color, ground)).toBeGreaterThan(4.5);
});

/** As red-green blind people see it (deuteranopia), after Vienot, Brettel and Mollon 1999, in linear light. */
function withoutGreen(color: string): number[] {
  const [r, g, b] = [1, 3, 5].map((i) => (Number.parseInt(color.slice(i, i + 2), 16) / 255) ** 2.2);
  const yellow = 0.29275 * r + 0.70725 * g;
  return [yellow, yellow, -0.02234 * r + 0.02234 * g + b];
}

it.each(['light', 'dark'] as const)('%s: the two families stay apart for the colour-blind', (theme) => {
  const [ours, dense] = [pw.plot.colors[theme].ours, pw.plot.colors[theme].dense].map(withoutGreen);
  expect(Math.hypot(...ours.map((value, i) => value - dense[i]))).toBeGreaterThan(0.45);
});

it('mixes the colours of a scale', () => {
  expect([colorOf(-1), colorOf(0), colorOf(1), colorOf(2)]).toEqual(['#440154', '#440154', '#fde725', '#fde725']);
});

it('escapes what stands in attributes and leaves no more than two decimals', () => {
  expect(element('a', {b: '<"&">', c: 1 / 3})).toBe('<a b="&lt;&quot;&amp;&quot;&gt;" c="0.33"/>');
  expect(escapeText('a\u0007b\ud83d\ude00')).toBe('a\ufffdb\ud83d\ude00');
});

it('puts ticks at round numbers', () => {
  expect(ticks([-1, 1], 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(ticks([0.03, 0.31], 6)).toEqual([0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  expect(ticks([0, 1050], 5)).toEqual([0, 500, 1000]);
  expect(logarithmic([80, 60_000], [0, 1]).ticks(4)).toEqual([100, 1000, 10_000]);
  expect(logarithmic([80, 60_000], [0, 1]).ticks(8)).toEqual([100, 300, 1000, 3000, 10_000, 30_000]);
  expect(logarithmic([1e-9, 1e9], [0, 1]).ticks(4).length).toBeGreaterThan(1);
  expect(logarithmic([900, 1100], [0, 1]).ticks(4)).toEqual([900, 950, 1000, 1050, 1100]);
});

it('scales, also downwards', () => {
  const at = linear([-1, 3], [100, 20]);
  expect([-1, 1, 3].map(at)).toEqual([100, 60, 20]);
  const powers = logarithmic([1, 100], [0, 10]);
  expect([1, 10, 100].map(powers)).toEqual([0, 5, 10]);
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

it('cuts text in the middle and breaks it at spaces', () => {
  const long = 'dense_layer_with_a_name_12';
  const cut = fitted(long, 90, 12);
  expect(cut).toMatch(/^dense.*\u2026.*12$/);
  expect(widthOf(cut, 12)).toBeLessThanOrEqual(90);
  expect(fitted('a', 0, 12)).toBe('\u2026');
  expect(fitted('two\nlines', 500, 12)).toBe('two lines');
  const lines = wrapped('the quick brown fox jumps over an incomprehensibilities', 80, 12);
  expect(lines.join(' ')).toContain('the quick');
  for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(80);
});
