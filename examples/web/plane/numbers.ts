import type {Line} from '../numbers_table';
import {scientific} from '../scientific';
import type {PlaneFit} from '../worker/messages';

export const LINES: Line<PlaneFit>[] = [
  {label: 'weights', text: ({parameters}) => parameters.toLocaleString('en')},
  {
    label: 'regions',
    text: ({regions}) => regions.toLocaleString('en'),
    better: {of: ({regions}) => regions, sign: 1},
  },
  {
    label: 'correct',
    text: ({accuracy}) => `${Math.round(1000 * accuracy) / 10}\u00a0%`,
    better: {of: ({accuracy}) => accuracy, sign: 1},
  },
  {
    label: 'loss',
    text: ({loss}) => scientific(loss),
    better: {of: ({loss}) => loss, sign: -1},
  },
  {label: 'ms per epoch', text: ({msPerEpoch}) => (Number.isFinite(msPerEpoch) ? msPerEpoch.toFixed(1) : '–')},
];
