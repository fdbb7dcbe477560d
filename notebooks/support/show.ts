import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
import {display} from 'tslab';

export {Plot};

/** Shows a figure of Observable Plot below the cell. */
export function show(options: Plot.PlotOptions): void {
  const {document} = parseHTML('<html><body></body></html>');
  const style = {background: 'white', color: 'black', fontSize: '12px', fontFamily: 'sans-serif'};
  const margins = {marginTop: 28, marginRight: 28, marginBottom: 46, marginLeft: 56}; // for letters of 12 pixels
  const figure = Plot.plot({document, width: 680, height: 380, ...margins, style, ...options});
  showSvg(figure.outerHTML.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" '));
}

/** Shows SVG text below the cell. */
export function showSvg(svg: string): void {
  display.svg(svg);
}

/** Shows a table below the cell: names of columns to the left of numbers. */
export function table(header: string[], rows: (string | number)[][]): void {
  const cell = (value: string | number) => (typeof value === 'number' ? value.toLocaleString('en') : value);
  const rule = header.map((_, column) => (column === 0 ? ':--' : '--:'));
  display.markdown([header, rule, ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n'));
}
