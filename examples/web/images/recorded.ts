/** Fashion-MNIST as it was trained before, which takes hours: a part of docs/evidence.json. */

import {accuracy} from 'tfjs-piecewise/plot';
import {families, rows, setting, verdicts} from './recorded.json';

/** What is far below would press the others together. */
const LEAST = 0.7;

export function drawRecorded(place: HTMLElement): void {
  place.innerHTML = accuracy(
    rows.filter(({mean}) => mean >= LEAST),
    {
      width: Math.max(280, Math.min(620, place.clientWidth)),
      ...(place.clientWidth > 400 && {height: 300}),
      title: 'Test accuracy against weights',
      description: '',
      familyNames: Object.fromEntries(
        families.map(({family, title, ours}) => [family, ours ? `ours: ${title}` : title]),
      ),
      rivals: families.filter(({ours}) => !ours).map(({family}) => family),
      xName: 'weights',
      yName: 'test accuracy',
      background: false,
    },
  );
}

export const recordedSetting = `Pictures of clothes: ${setting.split(', AdamW')[0]}`;

/** Who won where, in the words of the guide. */
export const recordedVerdicts: readonly string[] = [
  ...verdicts,
  'The larger the budget and the longer the training, the more learned mixing catches up with transforms in all blocks.',
];
