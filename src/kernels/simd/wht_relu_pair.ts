import {expansionOf} from './expansion';
import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';
import {sumsOf} from './relu_pair';

type Attrs = {axis: number; scale: number};

/** WHTReLUPair, and WHTReLUPairForward, which also has the output z. */
const forward =
  (outputs: number): Planner<ProjectionModule> =>
  (native, {x, signs, negative, positive, offset}, attrs) => {
    const {scale} = attrs as unknown as Attrs;
    const expansion = expansionOf(x, signs, attrs, offset);
    return {
      inputs: [x, signs, negative, positive, ...expansion.offset],
      outputs: Array(outputs).fill(expansion.shape),
      run: ([from, before, below, above, moved], [y, z = y]) =>
        native.expandedWalshHadamard(
          ...([from, z, y, ...expansion.blocks, scale, before, below, above] as const),
          ...expansion.at(moved),
        ),
    };
  };

export const whtReLUPair = forward(1);
export const whtReLUPairForward = forward(2);

export const whtReLUPairBackward: Planner<ProjectionModule> = (native, {z, signs, negative, positive, dy}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  const blocks = blocksOf(z, axis);
  const scratch = sumsOf(...blocks);
  return {
    inputs: [z, dy, signs, negative, positive],
    outputs: [z.shape, negative.shape, positive.shape],
    scratch,
    run: ([from, up, diagonal, below, above], [dx, dbelow, dabove], sums) =>
      native.whtReLUPairBackward(
        ...([from, up, dx, ...blocks, scale] as const),
        ...([diagonal, below, above, dbelow, dabove, scratch && sums] as const),
      ),
  };
};
