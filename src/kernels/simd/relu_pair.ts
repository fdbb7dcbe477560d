import {util} from '@tensorflow/tfjs';
import type {ProjectionModule} from './modules';
import type {Planner} from './plan';

type Attrs = {units: number; inner: number};

const outerOf = (shape: number[], {units, inner}: Attrs) =>
  units * inner === 0 ? 0 : util.sizeFromShape(shape) / (units * inner);

/** Bytes of two doubles for each unit. */
export const sumsOf = (units: number) => 16 * units;

export const reluPair: Planner<ProjectionModule> = (native, {x, negative, positive}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  return {
    inputs: [x, negative, positive],
    outputs: [x.shape],
    run: ([from, below, above], [to]) =>
      native.reluPair(from, to, outerOf(x.shape, {units, inner}), units, inner, below, above),
  };
};

export const reluPairGradient: Planner<ProjectionModule> = (native, {x, negative, positive, dy}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  const outer = outerOf(x.shape, {units, inner});
  return {
    inputs: [x, dy, negative, positive],
    outputs: [x.shape, negative.shape, positive.shape],
    scratch: sumsOf(units),
    run: ([from, up, below, above], [dx, dbelow, dabove], sums) =>
      native.reluPairGradient(from, up, dx, outer, units, inner, below, above, dbelow, dabove, sums),
  };
};

export const reluPairSlopes: Planner<ProjectionModule> = (native, {x, dy}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  const outer = outerOf(x.shape, {units, inner});
  return {
    inputs: [x, dy],
    outputs: [[units], [units]],
    scratch: sumsOf(units),
    run: ([from, up], [dbelow, dabove], sums) =>
      native.reluPairSlopes(from, up, outer, units, inner, dbelow, dabove, sums),
  };
};
