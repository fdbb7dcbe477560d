import {fail} from '../errors';

/** Weights that are not decayed: by name, or by a function that says true for them. */
export type Excluded = readonly string[] | ((name: string, shape: number[]) => boolean);

/** Whether the weight of that name in tfjs, for example 'dense_Dense1/kernel', is decayed. */
export type Decays = (name: string, shape: number[]) => boolean;

/** Weights that place or scale single units, though some of them have two axes. */
const OF_UNITS = /(bias|alpha|peaks|scales|signs)(_\d+)?$/;

/** The two slopes of a unit, of `reluPair`. */
const SLOPE = /(^|\/)(negative|positive)(_\d+)?$/;

/** Where a weight comes to rest: with both slopes 1 a unit is linear. */
export const restOf = (name: string): number => (SLOPE.test(name) ? 1 : 0);

const byDefault: Decays = (name, shape) => SLOPE.test(name) || (shape.length >= 2 && !OF_UNITS.test(name));

/** The rule of a list or function; without one, kernels and slopes are decayed. */
export function decaysOf(excluded: Excluded | null | undefined, who: string): Decays {
  if (excluded === undefined || excluded === null) return byDefault;
  if (typeof excluded === 'function') return (name, shape) => !excluded(name, shape);
  if (!Array.isArray(excluded) || excluded.some((word) => typeof word !== 'string' || word === '')) {
    const expected = 'excludeFromWeightDecay must be an array of names, or a function of a name and a shape';
    const fix = "For example {excludeFromWeightDecay: ['bias']}, or [] to decay all weights.";
    fail(who, expected, JSON.stringify(excluded), fix);
  }
  return (name) => !excluded.some((word) => isNamed(name, word));
}

/** Whether a word is the name of a weight, of its layer, or both with '/'; tfjs puts a number after a name that is taken. */
function isNamed(name: string, word: string): boolean {
  return [name, name.replace(/_\d+$/, '')].some((each) => `/${each}/`.includes(`/${word}/`));
}
