/** SVG as text. */

export type Attributes = {readonly [name: string]: string | number};

const ESCAPES: {readonly [character: string]: string} = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);

/** Two decimals are a hundredth of a pixel: more would only make the files larger. */
export const rounded = (value: number): string => String(Math.round(value * 100) / 100);

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeText(value)}"`,
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', {x, y, ...attributes}, escapeText(text));

export interface FigureText {
  title: string;
  /** What the picture shows, in words, for who cannot see it; the lines under the title. */
  description: readonly string[];
}

export const WIDTH = 720;

/** A whole SVG file: title and description are drawn, and read out by a screen reader. */
export function figure(height: number, {title, description}: FigureText, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
    'font-family': 'sans-serif',
    'font-size': 12,
    fill: '#222',
  };
  const lines = description.map((line, i) => label(24, 50 + 17 * i, line, {fill: '#555'}));
  return `${element(
    'svg',
    attributes,
    element('title', {id: 'title'}, escapeText(title)),
    element('desc', {id: 'description'}, escapeText(description.join(' '))),
    element('rect', {width: WIDTH, height, fill: '#fff'}),
    label(24, 30, title, {'font-size': 16, 'font-weight': 'bold'}),
    ...lines,
    ...children,
  )}\n`;
}
