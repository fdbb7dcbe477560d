import type {Mosaic} from '../worker/messages';
import {affineOf, polygonAt} from './geometry';
import type {Spot} from './mosaic_view';

/** What a network is at a spot, in words. */
export function affineText(name: string, mosaic: Mosaic, {x, y}: Spot): string {
  const polygon = polygonAt(mosaic, x, y);
  if (polygon < 0) return '';
  const {dx, dy, constant, share} = affineOf(mosaic, polygon);
  const terms = `${number(dx)} x ${signed(dy)} y ${signed(constant)}`;
  return `${name}: score = ${terms} in this region, ${percent(share)} of the square`;
}

const number = (value: number) => value.toFixed(2).replace('-', '−');

const signed = (value: number) => `${value < 0 ? '−' : '+'} ${Math.abs(value).toFixed(2)}`;

const percent = (share: number) => (share < 0.001 ? 'less than 0.1 %' : `${(100 * share).toFixed(1)} %`);
