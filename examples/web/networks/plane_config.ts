/** What the networks of the plane are made from. */

export interface PlanePoint {
  /** In [-1, 1]. */
  x: number;
  y: number;
  label: 0 | 1;
}

export interface PlaneConfig {
  points: PlanePoint[];
  /** Units of each block of ours, a power of two. */
  width: number;
  blocks: number;
  /** Units of each of the two hidden layers of the dense network; 0 for as many as give it the weights of ours, or just more. */
  units: number;
  seed: number;
}
