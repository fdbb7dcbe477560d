import * as pw from 'tfjs-piecewise';
import type {Row} from './report';

const FAMILIES = {
  dense: 'dense ReLU',
  lowRank: 'dense of low rank',
  wide: 'Walsh-Hadamard, dense read-out',
  cut: 'Walsh-Hadamard, contracted read-out',
  image: 'convolutions',
};

const RIVALS = ['dense', 'lowRank'];

const NAMES: {[dataset: string]: string} = {digits: 'Digits', 'fashion-mnist': 'Fashion-MNIST'};

/** Test accuracy against parameters, as SVG text. */
export function accuracyChart(rows: Row[], dataset: string): string {
  const points = rows.map((row): pw.plot.AccuracyRow => {
    const {family, parameters, accuracy} = row;
    const ours = row.model.includes(' to ') ? 'cut' : 'wide';
    const {mean, sd} = accuracy;
    return {family: family === 'wht' ? ours : family, parameters, mean, sd, label: labelOf(row)};
  });
  const description = `${inWords(rows)}Beside the marks: hidden units or rank of dense networks, layers of ours or trained numbers for each unit. Mean and standard deviation over seeds.`;
  const title = `${NAMES[dataset] ?? dataset}: accuracy against parameters`;
  return pw.plot.accuracy(points, {
    width: 760,
    title,
    description,
    familyNames: FAMILIES,
    rivals: RIVALS,
    yName: 'test accuracy',
  });
}

/** What tells a network from the others of its family. */
function labelOf({model, family}: Row): string {
  if (family === 'dense') return `${model.split('-').slice(1, -1).join(', ')} units`;
  if (family === 'lowRank') return `rank ${model.split('-')[2]}`;
  if (family === 'image') return model.replace(/^image /, '').replace(/, up to .*$/, '');
  const [shape, paid = ''] = model.split(': ');
  const patches = /(\d+) patches/.exec(shape);
  const layers = /x(\d+) to/.exec(shape);
  if (patches) return `${patches[1]} patches`;
  return layers ? `${layers[1]} layers` : paid.replace('per breakpoint', 'a unit');
}

/** The best of ours that no rival reaches with as many parameters. */
function inWords(rows: Row[]): string {
  const rivals = rows.filter(({family}) => RIVALS.includes(family)).sort((a, b) => a.parameters - b.parameters);
  const ours = rows.filter(({family}) => family === 'wht').sort((a, b) => b.accuracy.mean - a.accuracy.mean);
  for (const {parameters, accuracy} of ours) {
    const rival = rivals.find((row) => row.accuracy.mean >= accuracy.mean);
    const [own, theirs] = [parameters, rival?.parameters].map((count) => count?.toLocaleString('en'));
    const percent = (100 * accuracy.mean).toFixed(1);
    if (rival && rival.parameters > parameters) return `${percent} % takes ${own} of ours, or ${theirs} of a rival. `;
  }
  return '';
}
