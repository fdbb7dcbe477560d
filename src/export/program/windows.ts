import type {Windows} from '../lower/operations';

/** How far a window of a size reaches. */
export const spanOf = (size: number, dilation: number): number => dilation * (size - 1) + 1;

/** The padding before the first value of an axis. */
export function paddingBefore(n: number, places: number, span: number, stride: number, {padding}: Windows): number {
  return padding === 'valid' ? 0 : Math.floor(Math.max(0, (places - 1) * stride + span - n) / 2);
}
