import {fail, requireInteger} from '../errors';

export interface FanInArgs {
  /** Integer that fixes the numbers; the same on every platform. Default: a random one, which is saved. */
  seed?: number;
  /** Inputs of a unit. Default: from the shape of a kernel. The shape of a bias does not tell. */
  fanIn?: number;
}

/** `fanIn` as given, checked. */
export function optionalFanIn(fanIn: number | null | undefined, who: string): number | null {
  return fanIn === undefined || fanIn === null ? null : requireInteger(fanIn, 'fanIn', who, 1, 16);
}

/** The inputs of a unit of a kernel [..., inputs, units], positions of a convolution included. */
export function fanInOf(shape: number[], given: number | null, who: string): number {
  if (given !== null) return given;
  if (shape.length < 2) {
    fail(
      who,
      'a bias needs the number of inputs of its units',
      `shape [${shape}]`,
      'For example {fanIn: 16} for the bias of a layer with 16 inputs.',
    );
  }
  return shape.slice(0, -1).reduce((product, size) => product * size, 1);
}
