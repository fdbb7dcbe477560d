import type {Affine} from '../piecewise_linear/steps';

/** The distance from 1 to the next double: twice the largest relative error of one operation. */
export const EPSILON = 2 ** -52;

/** Added to all error bounds: what underflow can take from a sum. */
export const TINY = 1e-290;

/** What a sum of a linear map in doubles can be off by, as a part of the sum of the sizes of its terms. */
export const roundingOf = ({inputs, outputs}: Affine): number => EPSILON * (Math.max(inputs, outputs) + 64);
