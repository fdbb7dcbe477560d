import {mulberry32} from '../../support/random';

/** Random choices by a seed. */
export class Draw {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = mulberry32(seed);
  }

  /** In [low, high). */
  real(low = 0, high = 1): number {
    return low + (high - low) * this.next();
  }

  /** From low to high, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.next());
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  oneOf<T>(all: readonly T[]): T {
    return all[Math.floor(all.length * this.next())];
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}
