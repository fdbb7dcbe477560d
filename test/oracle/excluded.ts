/**
 * What the instruments are known to get wrong, and why: answers that are of all kinds of a line are not asked for. A line is
 * deleted when its fault is mended.
 */
export const EXCLUDED: readonly {kinds: readonly string[]; because: string}[] = [
  {kinds: ['weights: extremes'], because: 'rounding is told by the largest number of a batch of cells'},
  {kinds: ['weights: scales'], because: 'the same'},
  {kinds: ['windows'], because: 'inputs at the corners of cells count as exact, and short edges never join regions'},
  {kinds: ['TriangleWave'], because: 'values at the turn of a fold are 0 up to rounding'},
  {kinds: ['RegionDense'], because: 'the same'},
];
