import * as pw from 'tfjs-piecewise';
import type {Row} from './report';

const FAMILIES = {
  dense: 'dense ReLU',
  wide: 'Walsh-Hadamard, dense read-out',
  cut: 'Walsh-Hadamard, contracted read-out',
};

/** Test accuracy against parameters, as SVG text. */
export function accuracyChart(rows: Row[], title: string): string {
  const points = rows.map(
    ({model, family, parameters, accuracy: {mean, sd}}): pw.plot.AccuracyRow => ({
      family: family === 'dense' ? 'dense' : model.includes(' to ') ? 'cut' : 'wide',
      parameters,
      mean,
      sd,
      label: family === 'dense' ? model.replace('dense ', '') : model.replace(/^.*: (.*) per breakpoint$/, '$1'),
    }),
  );
  const description = 'Mean and standard deviation over seeds. Labels: layer widths, or parameters per breakpoint.';
  return pw.plot.accuracy(points, {width: 760, title, description, familyNames: FAMILIES, yName: 'test accuracy'});
}
