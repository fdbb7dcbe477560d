import type {TensorInfo} from '@tensorflow/tfjs';
import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';
import {sumsOf} from './relu_pair';

/** Bytes of z at a time: used again at once, it stays in the cache. Two rows of 8192 fit, and share a sum in doubles. */
const CACHE = 65536;

/** Longer rows are done in steps of their own, through a tile of so many bytes; so are few rows, whose sums in doubles cost more. */
const TILE = 8 * (4096 + 192);

/** Rows that take the steps together. */
const SHARING = 4;

/** Rows whose sums are made in floats. */
const GROUP = 8;

/** Bytes of a row, for each row, from which on rows are few: so many that a row has at least 1024 values. */
const FEW = 4096;

type Attrs = {axis: number; scale: number};

export const whtReLUPair: Planner<ProjectionModule> = (native, {x, signs, negative, positive}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  return {
    inputs: [x, signs, negative, positive],
    outputs: [x.shape],
    run: ([from, before, below, above], [to]) =>
      native.walshHadamard(from, to, ...blocksOf(x, axis), scale, before, below, above),
  };
};

export const whtReLUPairGradient: Planner<ProjectionModule> = (native, {x, signs, negative, positive, dy}, attrs) => {
  const plan = gradientPlan(native, x, attrs as unknown as Attrs, true);
  return {
    inputs: [x, dy, signs, negative, positive],
    outputs: [x.shape, negative.shape, positive.shape],
    scratch: plan.scratch,
    run: ([from, up, ...vectors], [dx, ...dslopes], scratch) => plan.run(from, up, dx, vectors, dslopes, scratch),
  };
};

/** Without dx. Any slopes serve: they have no part in their own derivatives. */
export const whtReLUPairSlopes: Planner<ProjectionModule> = (native, {x, signs, dy}, attrs) => {
  const plan = gradientPlan(native, x, attrs as unknown as Attrs, false);
  return {
    inputs: [x, dy, signs],
    outputs: [signs.shape, signs.shape],
    scratch: plan.scratch,
    run: ([from, up, diagonal], dslopes, scratch) =>
      plan.run(from, up, 0, [diagonal, diagonal, diagonal], dslopes, scratch),
  };
};

function gradientPlan(native: ProjectionModule, x: TensorInfo, {axis, scale}: Attrs, hasInput: boolean) {
  const [outer, n, inner] = blocksOf(x, axis);
  const block = 4 * n * inner;
  const isFew = outer <= GROUP && block >= FEW * outer;
  if (inner === 1 && outer > 0 && (block > CACHE || isFew)) {
    return {
      scratch: SHARING * TILE + (hasInput ? 0 : Math.min(outer, SHARING) * block) + (outer > GROUP ? sumsOf(n) : 0),
      run: (from: number, up: number, dx: number, vectors: number[], dslopes: number[], scratch: number) => {
        const [signs, negative, positive] = vectors;
        const [dnegative, dpositive] = dslopes;
        native.longRowsGradient(
          ...([from, up, dx, outer, n, scale] as const),
          ...([signs, negative, positive, dnegative, dpositive, scratch] as const),
        );
      },
    };
  }
  const chunk = Math.max(1, Math.min(outer, Math.floor(CACHE / block)));
  return {
    scratch: sumsOf(n) + chunk * block,
    run: (from: number, up: number, dx: number, vectors: number[], dslopes: number[], scratch: number) => {
      const [signs, negative, positive] = vectors;
      const [dnegative, dpositive] = dslopes;
      native.whtReLUPairGradient(
        ...([from, up, dx, outer, n, inner, chunk] as const),
        ...([scale, signs, negative, positive, dnegative, dpositive, scratch] as const),
      );
    },
  };
}
