import type {Line} from '../numbers_table';
import {scientific} from '../scientific';
import type {CurveFit} from '../worker/messages';

export const LINES: Line<CurveFit>[] = [
  {label: 'weights', text: ({parameters}) => parameters.toLocaleString('en')},
  {label: 'pieces', text: ({regions}) => String(regions), better: {of: ({regions}) => regions, sign: 1}},
  {label: 'wider than 1 %', text: ({wide}) => String(wide), better: {of: ({wide}) => wide, sign: 1}},
  {label: 'most possible', text: ({possible}) => count(possible)},
  {
    label: 'mean squared error',
    text: ({meanSquaredError}) => scientific(meanSquaredError),
    better: {of: ({meanSquaredError}) => meanSquaredError, sign: -1},
  },
  {
    label: 'largest error',
    text: ({maxError}) => scientific(maxError),
    better: {of: ({maxError}) => maxError, sign: -1},
  },
  {label: 'ms per epoch', text: ({msPerEpoch}) => (Number.isFinite(msPerEpoch) ? msPerEpoch.toFixed(1) : '–')},
  {label: 'multiply-adds', text: ({multiplyAdds}) => multiplyAdds?.toLocaleString('en') ?? '–'},
];

function count(value: bigint): string {
  const digits = value.toString();
  return digits.length <= 7 ? value.toLocaleString('en') : `about 10^${digits.length - 1}`;
}
