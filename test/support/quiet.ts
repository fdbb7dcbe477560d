/**
 * Setup file of every project: console output fails the test that caused it.
 *
 * The library never logs except for a warning the user can act on, so a test that provokes such a warning catches it:
 * `const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})`. Output while a spec file loads counts against
 * its first test.
 */

/** What tfjs itself says, and no test of ours can help; but for the first. */
const ALLOWED = [
  // One warning of ours, which specs provoke by the way: most of them also try inputs that are clipped.
  /leave the domain \[/,
  /Hi, looks like you are running TensorFlow\.js in Node\.js/,
  /Orthogonal initializer is being called on a matrix with more/,
];

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

let heard: Error[] = [];

for (const method of METHODS) {
  console[method] = (...args: unknown[]) => {
    const text = args.map(String).join(' ');
    if (ALLOWED.some((allowed) => allowed.test(text))) return;
    const message = new Error(`console.${method}: ${text}`);
    Error.captureStackTrace(message, console[method]); // jest then shows the line that wrote it
    heard.push(message);
  };
}

function expectSilence(): void {
  const [first, ...more] = heard;
  heard = [];
  if (!first) return;
  first.message = `A test must not write to the console, but it wrote\n${[first, ...more].map((e) => e.message).join('\n')}`;
  throw first;
}

afterEach(expectSilence);
afterAll(expectSilence);
