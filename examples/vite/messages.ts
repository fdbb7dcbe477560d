/** What the worker tells the page. */

export const curve = (x: number) => Math.exp(3 * (x - 1));

export interface Progress {
  epoch: number;
  epochs: number;
  loss: number;
  /** The fit at equally spaced places from 0 to 1. */
  fit: number[];
  /** What runs the ops. */
  path: string;
}
