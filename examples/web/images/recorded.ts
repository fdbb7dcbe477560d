/** Fashion-MNIST as it was trained before: `npm start -- --dataset fashion-mnist` takes hours. */

import {type AccuracyRow, accuracy} from 'tfjs-piecewise/plot';
import {rows as recorded} from '../../../docs/fashion_mnist.json';
import {percent} from './pareto';

/** A depthwise-separable network in PyTorch: 10 epochs, one seed. Not by the recipe of the others, nor in this library. */
const SMALL_CNN: AccuracyRow = {family: 'cnn', parameters: 4258, mean: 0.902, label: 'small CNN'};

const NAMES = {
  ours: 'ours: transform, ReLU pairs',
  dense: 'dense ReLU',
  cnn: 'small CNN, one PyTorch run',
};

/** Those of ours whose read-out is cut, which are the better ones. */
const rows: AccuracyRow[] = recorded
  .filter(({family, model}) => family === 'dense' || model.includes(' to '))
  .map(({family, parameters, accuracy: {mean, sd}}) => ({
    family: family === 'dense' ? 'dense' : 'ours',
    parameters,
    mean,
    sd,
  }));

export function drawRecorded(place: HTMLElement): void {
  place.innerHTML = accuracy([...rows, SMALL_CNN], {
    width: Math.max(280, Math.min(620, place.clientWidth)),
    ...(place.clientWidth > 400 && {height: 300}),
    title: 'Test accuracy against weights',
    description: '',
    familyNames: NAMES,
    rivals: ['dense', SMALL_CNN.family],
    xName: 'weights',
    yName: 'test accuracy',
    background: false,
  });
}

/** Who won where. */
export function recordedVerdict(): string {
  const of = (family: string) => rows.filter((row) => row.family === family);
  const best = of('dense').reduce((most, row) => (row.mean > most.mean ? row : most));
  const equal = of('ours')
    .filter(({mean}) => mean >= best.mean)
    .reduce((least, row) => (row.parameters < least.parameters ? row : least));
  const share = Math.round((100 * equal.parameters) / best.parameters);
  return (
    `Ours beats dense: it takes ${share} % of the weights for the same ${percent(best.mean)}. A small convolutional ` +
    `network beats both: ${percent(SMALL_CNN.mean)} with ${SMALL_CNN.parameters.toLocaleString('en')} weights, in one PyTorch run.`
  );
}
