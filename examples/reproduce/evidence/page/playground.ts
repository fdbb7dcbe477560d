/** What the playground shows of the record: dense and small convolutional networks, and ours. */

import {FAMILIES, type FamilyName} from '../images/networks';
import type {Cell} from './image_cells';
import {imageSetting, imageVerdicts} from './images';

const SHOWN: FamilyName[] = ['transform', 'flat', 'mobile', 'dense'];

/** As JSON: the page does not load the record, which is 100 kB. */
export function playgroundRecord(cells: readonly Cell[]): string {
  const families = SHOWN.map((family) => {
    const {title, ours} = FAMILIES[family];
    return {family, title, ours};
  });
  const rows = cells
    .filter(({family}) => SHOWN.includes(family))
    .map(({family, parameters, mean, deviation}) => ({
      family,
      parameters,
      mean: rounded(mean),
      sd: rounded(deviation),
    }));
  // The chart beside it shows by how much.
  const verdicts = imageVerdicts(cells)
    .filter((sentence) => sentence.startsWith('The transform over channels against'))
    .map((sentence) => sentence.replace(', in points', '').replace(/ \([^)]*\)/g, ''));
  return `${JSON.stringify({setting: imageSetting(cells), families, rows, verdicts}, null, 2)}\n`;
}

const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(5)));
