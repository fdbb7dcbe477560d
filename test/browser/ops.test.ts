import {type Remote, useBrowser} from '../support/browser';
import {expectClose} from '../support/close';
import {recordDerivative, recordReport} from '../support/conformance_results';
import {centralDifference} from '../support/gradient';
import {normal} from '../support/random';
import {BACKENDS, SHAPES_AS_UNIFORMS} from './backends';
import {CASES} from './op_cases';

type Script = typeof import('./ops.page');
const openPage = useBrowser<Script>(`${__dirname}/ops.page.ts`);

describe.each([...BACKENDS, SHAPES_AS_UNIFORMS])('$title', ({title, name, flags = {}, started}) => {
  let page: Remote<Script>;

  beforeAll(async () => {
    page = await openPage();
    const found = await page.startBackend(name, flags);
    expect(found).toMatchObject({backend: name, ...started});
    recordReport({environment: 'Chromium', title}, found.report);
  });

  it.each(CASES)('$title, and its gradients', async ({op, inputs, axis = -1, expected, relative}) => {
    const values = inputs.map((input) => Float64Array.from(input.values));
    const reference = expected(...values);
    const dy = normal(reference.length, 10);
    const result = await page.evaluate(op, inputs, axis, Array.from(dy));
    expect(result.leaked).toBe(0);
    expectClose(result.value, reference, {relative});
    for (const [i, gradient] of result.gradients.entries()) {
      const loss = (x: Float64Array) => dot(dy, expected(...values.map((value, k) => (k === i ? x : value))));
      expectClose(gradient, centralDifference(loss, values[i]), {relative});
    }
    expect(result.gradients.length).toBe(inputs.length);
    recordDerivative({environment: 'Chromium', title}, op, 1);
  });
});

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
