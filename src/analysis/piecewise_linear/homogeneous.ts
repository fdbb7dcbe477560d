import type {Step} from './steps';

/** Whether `f(c x) = c f(x)` for c > 0, whatever the weights: there is no bias, not even one of zeros, and no bend but at 0. */
export function isHomogeneous(steps: readonly Step[]): boolean {
  return steps.every((step) => {
    if (step.kind === 'affine') return step.bias === null;
    return (
      step.kind === 'max' ||
      step.functions.every(({kinks, values, period}) => !period && isZero(kinks) && isZero(values))
    );
  });
}

const isZero = (numbers: Float64Array): boolean => numbers.every((number) => number === 0);
