import {requireNumber} from '../errors';

/** The rate at its highest. */
export const requireRate = (value: unknown, who: string): number =>
  requireNumber(value, 'learningRate', who, [Number.MIN_VALUE, Infinity], 0.01);

/** A share, 0 to 1. */
export const requireShare = (value: unknown, name: string, who: string, example: number): number =>
  requireNumber(value, name, who, [0, 1], example);

/** 1 at the start, 0 at the end, level at both: `(1 + cos(pi * done)) / 2`. */
export const halfCosine = (done: number): number => (1 + Math.cos(Math.PI * done)) / 2;
