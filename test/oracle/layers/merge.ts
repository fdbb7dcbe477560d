import {ONE, type Rational} from '../rational';
import {type Step, weighted} from '../steps';
import {positions, type Reader, sizeOf, upTo} from './call';

/** The values of all inputs, place by place; the inputs follow each other. */
const stacked = (inputShapes: number[][]): number[][] => {
  const size = sizeOf(inputShapes[0]);
  return upTo(size).map((place) => upTo(inputShapes.length).map((input) => input * size + place));
};

const sums = (windows: number[][], by: Rational): Step[] => [
  weighted(windows.map((from) => ({from, by: from.map(() => by)}))),
];

export const add: Reader = ({inputShapes}) => sums(stacked(inputShapes), ONE);
export const average: Reader = ({inputShapes}) => sums(stacked(inputShapes), [1n, BigInt(inputShapes.length)]);
export const maximum: Reader = ({inputShapes}) => [{kind: 'extreme', sign: 1n, windows: stacked(inputShapes)}];
export const minimum: Reader = ({inputShapes}) => [{kind: 'extreme', sign: -1n, windows: stacked(inputShapes)}];

export const concatenate: Reader = ({config, inputShapes, outputShape}) => {
  const axis = config.axis < 0 ? config.axis + outputShape.length : config.axis - 1;
  const starts = inputShapes.map((_, k) => inputShapes.slice(0, k).reduce((sum, shape) => sum + sizeOf(shape), 0));
  const tagged = inputShapes.flatMap((shape, k) =>
    positions(shape).map((at, place) => {
      const shift = inputShapes.slice(0, k).reduce((sum, other) => sum + other[axis], 0);
      return {at: at.map((i, a) => (a === axis ? i + shift : i)), from: starts[k] + place};
    }),
  );
  const byPosition = new Map(tagged.map(({at, from}) => [String(at), from]));
  return [weighted(positions(outputShape).map((at) => ({from: [byPosition.get(String(at))!], by: [ONE]})))];
};
