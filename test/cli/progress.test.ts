import {Writable} from 'node:stream';
import {createProgress} from '../../src/cli/progress';

/** Collects what is written. */
function recorder(isTTY: boolean): {stream: NodeJS.WriteStream; text(): string} {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return {stream: Object.assign(stream, {isTTY, columns: 120}) as unknown as NodeJS.WriteStream, text: () => text};
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it.each([false, true])('says how much is done, of what, and how long it takes; in a terminal: %s', (isTTY) => {
  const {stream, text} = recorder(isTTY);
  const progress = createProgress(60, stream);
  progress.label('dense ReLU, 300 parameters');
  for (let second = 0; second < 60; second++) {
    jest.advanceTimersByTime(1000);
    progress.step();
  }
  progress.stop();
  expect(text()).toMatch(/^[^=]*\[-{24}\] 0 %/);
  expect(text()).toMatch(/\[=+-+\] 48 %, 3\ds left, dense ReLU, 300 parameters/);
  expect(text()).toMatch(/\[={24}\] 100 %, 60 s, dense ReLU, 300 parameters/);
  // A log has a line every 15 seconds.
  if (!isTTY) expect(text().trimEnd().split('\n')).toHaveLength(6);
  expect(jest.getTimerCount()).toBe(0);
});
