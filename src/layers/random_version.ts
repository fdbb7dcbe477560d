import {fail} from '../errors';

/** Version of the random numbers of src/math/random.ts, saved with every layer that draws some. */
export const RANDOM_VERSION = 1;

export function requireRandomVersion(version: number | undefined, who: string): void {
  if ((version ?? RANDOM_VERSION) !== RANDOM_VERSION) {
    fail(who, `randomVersion must be ${RANDOM_VERSION}`, version, 'A newer tfjs-piecewise saved this model: update.');
  }
}
