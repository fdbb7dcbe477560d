import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
import type {Row} from './report';

/** Test accuracy against parameters, as SVG text. */
export function accuracyChart(rows: Row[], title: string): string {
  const {document} = parseHTML('<html><body></body></html>');
  const points = rows.map(({model, family, parameters, accuracy: {mean, sd}}) => ({
    model,
    family:
      family === 'dense' ? 'dense ReLU' : model.includes(' to ') ? 'WHT, contracted read-out' : 'WHT, dense read-out',
    parameters,
    percent: 100 * mean,
    low: 100 * (mean - (sd ?? 0)),
    high: 100 * (mean + (sd ?? 0)),
    label: family === 'dense' ? model.replace('dense ', '') : model.replace(/^.*: (.*) per breakpoint$/, '$1'),
  }));
  const figure = Plot.plot({
    document,
    ariaLabel: title,
    width: 760,
    height: 460,
    marginLeft: 56,
    marginRight: 120,
    marginTop: 72,
    style: {background: 'white', fontSize: '12px', fontFamily: 'sans-serif'},
    x: {type: 'log', label: 'trainable parameters →', grid: true, tickFormat: ',', ticks: 5},
    y: {
      label: '↑ test accuracy in %, mean ± sd over seeds; labels: layer widths, or parameters per breakpoint',
      grid: true,
    },
    color: {
      domain: ['dense ReLU', 'WHT, dense read-out', 'WHT, contracted read-out'],
      range: ['#555', '#1f77b4', '#d62728'],
    },
    marks: [
      Plot.text([title], {frameAnchor: 'top', dy: -34, fontSize: 14, fontWeight: 'bold'}),
      Plot.line(points, {
        x: 'parameters',
        y: 'percent',
        stroke: 'family',
        z: 'family',
        sort: 'parameters',
        strokeOpacity: 0.4,
      }),
      Plot.ruleX(points, {x: 'parameters', y1: 'low', y2: 'high', stroke: 'family'}),
      Plot.dot(points, {x: 'parameters', y: 'percent', fill: 'family', r: 4.5}),
      Plot.text(points, {x: 'parameters', y: 'percent', text: 'label', dx: 8, textAnchor: 'start', fontSize: 10}),
      ...legend(),
    ],
  });
  return figure.outerHTML.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
}

/** Plot's own legend is HTML, which an SVG file cannot hold. */
function legend(): Plot.Markish[] {
  const entries = ['dense ReLU', 'WHT, dense read-out', 'WHT, contracted read-out'];
  return entries.map((entry, i) =>
    Plot.text([`● ${entry}`], {
      frameAnchor: 'bottom-right',
      dx: -8,
      dy: -8 - 16 * (2 - i),
      fill: [entry],
      fontSize: 12,
    }),
  );
}
