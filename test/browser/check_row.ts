import type {Row} from '../kernels/table';
import type {Remote} from '../support/browser';
import {expectClose} from '../support/close';
import type {How} from './conformance.page';
import {decode, encode} from './float_bytes';

export type Script = typeof import('./conformance.page');

/** Runs a row of the table on a page that has started a backend. */
export async function check(
  page: Remote<Script>,
  {kernel, inputs, attrs, outputs, relative}: Row,
  how: Partial<How> = {},
): Promise<void> {
  const encoded = Object.entries(inputs).map(([name, {shape, values}]) => [name, {shape, values: encode(values)}]);
  const call = {kernel: kernel.name, inputs: Object.fromEntries(encoded), attrs};
  const {results, leaked} = await page.run(call, {origin: 'fresh', by: 'backend', ...how});
  expect(leaked).toBe(0);
  expect(results.map(({shape, dtype}) => ({shape, dtype}))).toEqual(
    outputs.map(({shape}) => ({shape, dtype: 'float32'})),
  );
  for (const [i, {values}] of results.entries()) {
    expectClose(decode(values), outputs[i].values, {relative, absolute: relative});
  }
}
