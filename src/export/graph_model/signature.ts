import type {Graph, Value} from '../lower/operations';
import {dimensions, TYPES} from './attributes';

/** Names, types and shapes of the inputs and outputs, in order. */
export function signatureOf({inputs, outputs}: Pick<Graph, 'inputs' | 'outputs'>): {inputs: object; outputs: object} {
  const entries = (values: readonly Value[]) =>
    Object.fromEntries(
      values.map(({name, dtype, shape}) => [
        name,
        {name: `${name}:0`, dtype: TYPES[dtype], tensorShape: dimensions(shape)},
      ]),
    );
  return {inputs: entries(inputs), outputs: entries(outputs)};
}
