/** The figures, as SVG text. */

import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
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
  const facet = ({target, breakpoints, error}: Fit) =>
    `${target}: ${breakpoints.length + 1} pieces, error ${error.toExponential(1)}`;
  const points = fits.flatMap((fit) => fit.x.map((x, i) => ({facet: facet(fit), x, y: fit.y[i]})));
  const curves = fits.flatMap((fit) => fit.curve.map(([x, y]) => ({facet: facet(fit), x, y})));
  const ticks = fits.flatMap((fit) => fit.breakpoints.map((x) => ({facet: facet(fit), x})));
  return svg(
    {
      width: 260 * fits.length + 60,
      height: 330,
      marginLeft: 44,
      marginBottom: 40,
      fx: {label: null, domain: fits.map(facet)},
      x: {
        domain: [0, 1],
        label: 'x; blue: the fit, red: where it bends, grey: the target',
        labelAnchor: 'center',
        ticks: 5,
      },
      y: {label: '↑ f(x)', grid: true},
      marks: [
        Plot.line(curves, {fx: 'facet', x: 'x', y: 'y', stroke: '#ddd', strokeWidth: 6}),
        Plot.line(points, {fx: 'facet', x: 'x', y: 'y', stroke: '#1f77b4', strokeWidth: 1.5}),
        Plot.dot(points, {fx: 'facet', x: 'x', y: 'y', fill: '#1f77b4', r: 2}),
        Plot.ruleX(ticks, {fx: 'facet', x: 'x', y1: -0.06, y2: -0.015, stroke: '#d62728'}),
      ],
    },
    title,
  );
}

/** The least error by depth, of both stages, beside the best that equal pieces can do for x^2. */
export function depthChart(rows: DepthRow[], title: string): string {
  const series = (row: DepthRow) => `${row.target}, ${row.stage} stage`;
  const depths = [...new Set(rows.map(({depth}) => depth))];
  const bound = depths.map((depth) => ({series: 'x^2, 2^depth equal pieces', depth, error: 2 ** (-4 * depth) / 30}));
  const points = [...rows.map((row) => ({series: series(row), depth: row.depth, error: row.error})), ...bound];
  const names = [...new Set(points.map((point) => point.series))];
  return svg(
    {
      width: 760,
      height: 460,
      marginBottom: 48,
      marginLeft: 64,
      x: {label: 'depth →', ticks: depths, tickFormat: 'd', inset: 10},
      y: {type: 'log', label: '↑ least mean squared error of all seeds', grid: true, tickFormat: '.0e'},
      color: {domain: names, range: ['#9ecae1', '#fdae6b', '#1f77b4', '#d62728', '#999']},
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
