import {type Blocks, reluPair, reluPairGradient, type Values} from '../kernels/definitions';
import {sizeOf} from './evaluate';

/** Where each element of a tensor of `shape` finds its value in one of `from` that is broadcast to it. */
function sources(from: number[], shape: number[]): number[] {
  return Array.from({length: sizeOf(shape)}, (_, k) => {
    let source = 0;
    let stride = 1;
    for (let axis = shape.length - 1, rest = k; axis >= 0; axis--) {
      const size = from[axis - shape.length + from.length] ?? 1;
      if (size > 1) source += stride * (rest % shape[axis]);
      stride *= size;
      rest = Math.floor(rest / shape[axis]);
    }
    return source;
  });
}

/** The ReLU pair of x with slopes of any shapes that broadcast to it, and its derivatives, in doubles. */
export function broadcastReluPair(shape: number[], negativeShape: number[], positiveShape: number[]) {
  const elements: Blocks = [1, sizeOf(shape), 1];
  const slopeShapes = [negativeShape, positiveShape];
  const places = slopeShapes.map((from) => sources(from, shape));
  const spread = (slopes: Values[]) => slopes.map((values, i) => places[i].map((place) => values[place]));
  return {
    value([x, ...slopes]: Values[]): Float64Array {
      const [negative, positive] = spread(slopes);
      return reluPair(x, negative, positive, elements);
    },
    gradient([x, ...slopes]: Values[], dy: Values): Float64Array[] {
      const [negative, positive] = spread(slopes);
      const [dx, ...dslopes] = reluPairGradient(x, negative, positive, dy, elements);
      const sums = slopeShapes.map((from) => new Float64Array(sizeOf(from)));
      for (const [i, sum] of sums.entries()) {
        for (const [k, place] of places[i].entries()) sum[place] += dslopes[i][k];
      }
      return [dx, ...sums];
    },
  };
}

/** Shapes of x, of the negative and of the positive slopes. */
export const BROADCASTS: [number[], number[], number[]][] = [
  [[7], [], []],
  [[7], [7], [1]],
  [[3, 5], [], [5]],
  [[3, 5], [5], [1, 5]],
  [
    [3, 5],
    [3, 1],
    [3, 1],
  ],
  [
    [3, 5],
    [3, 5],
    [3, 5],
  ],
  [[3, 5], [5], [3, 1]],
  [[2, 3, 5], [5], [5]],
  [
    [2, 3, 5],
    [3, 5],
    [3, 1],
  ],
  [
    [2, 3, 5],
    [2, 1, 5],
    [2, 1, 5],
  ],
  [
    [2, 3, 5],
    [2, 1, 5],
    [3, 1],
  ],
  [
    [2, 3, 2, 5],
    [3, 1, 5],
    [1, 1, 1, 1],
  ],
  [
    [4, 3, 2, 5],
    [4, 1, 1, 1],
    [2, 1],
  ],
  [[2, 3, 2, 5], [1, 3, 2, 1], []],
  [[1, 1], [1, 1], [1]],
];
