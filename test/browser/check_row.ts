import type {Row} from '../kernels/table';
import type {Remote} from '../support/browser';
import {expectClose} from '../support/close';
import {type Runner, recordCase, recordReport} from '../support/conformance_results';
import type {BrowserBackend} from './backends';
import type {Dtype, How} from './conformance.page';
import {decode, encode} from './float_bytes';

export type Script = typeof import('./conformance.page');

/** A page that has started a backend. */
export interface Place {
  page: Remote<Script>;
  runner: Runner;
}

export async function startOn(
  page: Remote<Script>,
  {title, name, flags = {}, started}: BrowserBackend,
): Promise<Place> {
  const found = await page.startBackend(name, flags);
  expect(found).toMatchObject({backend: name, ...started});
  const runner: Runner = {environment: 'Chromium', title};
  recordReport(runner, found.report);
  return {page, runner};
}

/** Runs a row of the table. */
export async function check(
  {page, runner}: Place,
  {kernel, inputs, attrs, outputs, relative}: Row,
  how: Partial<How> = {},
): Promise<void> {
  const encoded = Object.entries(inputs).map(([name, {shape, values}]) => {
    const dtype: Dtype = values instanceof Int32Array ? 'int32' : 'float32';
    return [name, {shape, dtype, values: encode(Float32Array.from(values))}];
  });
  const call = {kernel: kernel.name, inputs: Object.fromEntries(encoded), attrs};
  const {results, leaked} = await page.run(call, {origin: 'fresh', by: 'backend', ...how});
  expect(leaked).toBe(0);
  expect(results.map(({shape, dtype}) => ({shape, dtype}))).toEqual(
    outputs.map(({shape}) => ({shape, dtype: 'float32'})),
  );
  const pairs = results.map(({values}, i) => ({actual: decode(values), expected: outputs[i].values}));
  for (const {actual, expected} of pairs) expectClose(actual, expected, {relative, absolute: relative});
  if (how.by !== 'definition') recordCase(runner, kernel.name, pairs);
}
