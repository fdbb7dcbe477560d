/** The figures, as SVG text. */

import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import type {DepthRow} from './depth';
import type {Fit} from './table';

const STYLE = {background: 'white', fontSize: '12px', fontFamily: 'sans-serif'};

function svg(options: Plot.PlotOptions, title: string): string {
  const {document} = parseHTML('<html><body></body></html>');
  const heading = {facet: 'super', frameAnchor: 'top', dy: -36, fontSize: 14, fontWeight: 'bold'} as const;
  const marks = [Plot.text([title], heading), options.marks ?? []];
  const figure = Plot.plot({...options, document, ariaLabel: title, marginTop: 64, style: STYLE, marks});
  return figure.outerHTML.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
}

/** Each target with the best fit to it, whose breakpoints are ticks. */
export function fitChart(fits: Fit[], title: string): string {
  const found = fits.map(({breakpoints, y}) => {
    const regions = breakpoints.length + 1;
    return {regions, activationCells: regions, exact: true, breakpoints, values: y.map((value) => [value]), notes: []};
  });
  return pw.plot.breakpoints(found, {
    width: 300 * fits.length + 40,
    title,
    x: [0, 1],
    yName: 'f(x)',
    names: fits.map(({target, error}) => `${target}, error ${error.toExponential(1)}`),
    points: fits.map(({curve}) => ({x: curve.map(([x]) => x), y: curve.map(([, y]) => y)})),
  });
}

/** The least error by depth, of both stages, beside the best that equal pieces can do for x^2. */
export function depthChart(rows: DepthRow[], title: string): string {
  const series = (row: DepthRow) => `${row.target}, ${row.stage} stage`;
  const depths = [...new Set(rows.map(({depth}) => depth))];
  const bound = depths.map((depth) => ({series: 'x^2, 2^depth equal pieces', depth, error: 2 ** (-4 * depth) / 30}));
  const points = [...rows.map((row) => ({series: series(row), depth: row.depth, error: row.error})), ...bound];
  const {ours, dense, quiet} = pw.plot.colors.light;
  const names = [...new Set(points.map((point) => point.series))];
  return svg(
    {
      width: 760,
      height: 460,
      marginBottom: 48,
      marginLeft: 64,
      x: {label: 'depth →', ticks: depths, tickFormat: 'd', inset: 10},
      y: {type: 'log', label: '↑ least mean squared error of all seeds', grid: true, tickFormat: '.0e'},
      color: {domain: names, range: ['#9db9ea', '#deb299', ours, dense, quiet]},
      marks: [
        Plot.line(points, {x: 'depth', y: 'error', stroke: 'series', z: 'series'}),
        Plot.dot(points, {x: 'depth', y: 'error', fill: 'series', r: 4}),
        // Plot's own legend is HTML, which an SVG file cannot hold.
        ...names.map((name, i) =>
          Plot.text([`● ${name}`], {
            frameAnchor: 'bottom-left',
            dx: 12,
            dy: -12 - 16 * (names.length - 1 - i),
            fill: [name],
          }),
        ),
      ],
    },
    title,
  );
}
