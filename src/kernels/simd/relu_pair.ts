import {util} from '@tensorflow/tfjs';
import type {ProjectionModule} from './modules';
import type {Planner} from './plan';

type Attrs = {units: number; inner: number};

const outerOf = (shape: number[], {units, inner}: Attrs) =>
  units * inner === 0 ? 0 : util.sizeFromShape(shape) / (units * inner);

/** As in assembly/relu_pair_gradient.ts. */
const GROUP = 8;

/** Bytes of two doubles for each unit; none where the sums are those of a group of rows, in floats. */
export const sumsOf = (outer: number, units: number, inner: number) =>
  outer > 0 && outer <= GROUP && inner === 1 ? 0 : 16 * units;

export const reluPair: Planner<ProjectionModule> = (native, {x, negative, positive}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  return {
    inputs: [x, negative, positive],
    outputs: [x.shape],
    run: ([from, below, above], [to]) =>
      native.reluPair(from, from, to, outerOf(x.shape, {units, inner}), units, inner, below, above),
  };
};

export const reluPairGradient: Planner<ProjectionModule> = (native, {x, negative, positive, dy}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  const outer = outerOf(x.shape, {units, inner});
  const scratch = sumsOf(outer, units, inner);
  return {
    inputs: [x, dy, negative, positive],
    outputs: [x.shape, negative.shape, positive.shape],
    scratch,
    run: ([from, up, ...slopes], [dx, ...dslopes], sums) =>
      native.reluPairGradient(
        ...([from, up, dx, outer, units, inner] as const),
        ...([...slopes, ...dslopes, scratch && sums] as [number, number, number, number, number]),
      ),
  };
};

/** Without dx. Any slopes serve: they have no part in their own derivatives. */
export const reluPairSlopes: Planner<ProjectionModule> = (native, {x, dy}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  const outer = outerOf(x.shape, {units, inner});
  const scratch = sumsOf(outer, units, inner);
  return {
    inputs: [x, dy],
    outputs: [[units], [units]],
    scratch,
    run: ([from, up], [dbelow, dabove], sums) =>
      native.reluPairGradient(from, up, 0, outer, units, inner, dbelow, dabove, dbelow, dabove, scratch && sums),
  };
};
