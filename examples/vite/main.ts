/** The page: it draws, and stays responsive, because the training is elsewhere. */

import {curve, type Progress} from './messages';

const element = (id: string) => document.getElementById(id)!;

/** Values at equally spaced places, as a path in the unit square. */
const path = (values: number[]) =>
  `M${values.map((value, i) => `${(i / (values.length - 1)).toFixed(4)},${(1 - value).toFixed(4)}`).join('L')}`;

element('target').setAttribute('d', path(Array.from({length: 101}, (_, i) => curve(i / 100))));

const worker = new Worker(new URL('./worker.ts', import.meta.url), {type: 'module'});
worker.onmessage = ({data}: MessageEvent<Progress>) => {
  element('fit').setAttribute('d', path(data.fit));
  const done = data.epoch === data.epochs ? 'Done' : 'Training';
  element('status').textContent =
    `${done}: epoch ${data.epoch} of ${data.epochs}, mean squared error ${data.loss.toExponential(1)} (${data.path}).`;
};
worker.onerror = ({message}) => {
  element('status').textContent = `The worker failed: ${message}`;
};
