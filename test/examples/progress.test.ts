import {Writable} from 'node:stream';
import {createProgress} from '../../examples/node/progress';

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

it('in a log, writes a line at the start, every 15 s, and at the end', () => {
  const {stream, text} = recorder(false);
  const progress = createProgress(100, stream);
  for (let second = 1; second <= 50; second++) {
    jest.advanceTimersByTime(1000);
    progress.update(2 * second, {label: 'dense', loss: 0.123456, accuracy: 0.5});
  }
  progress.stop();
  const [start, ...lines] = text().split('\n');
  expect(start).toMatch(/^\[-+\] 0\/100 epochs$/);
  expect(lines).toEqual([
    expect.stringMatching(/^\[=+-+\] 28\/100 epochs, 39s left \| dense \| loss 0\.1235 \| accuracy 0\.5$/),
    expect.stringContaining('58/100 epochs, 22s left'),
    expect.stringContaining('88/100 epochs'),
    expect.stringMatching(/^\[=+\] 100\/100 epochs, 50 s \| dense/),
    '',
  ]);
  expect(jest.getTimerCount()).toBe(0);
});

it('in a terminal, redraws one line', () => {
  const {stream, text} = recorder(true);
  const progress = createProgress(3, stream);
  for (let epoch = 1; epoch <= 3; epoch++) {
    jest.advanceTimersByTime(1000);
    progress.update(epoch, {label: 'wht'});
  }
  progress.stop();
  expect(text().split('\n')).toHaveLength(2);
  expect(text()).toContain('2/3 epochs, 1s left | wht');
  expect(text()).not.toMatch(/\[\?7l|\[\?25l/);
});

it('keeps the details until others come', () => {
  const {stream, text} = recorder(false);
  const progress = createProgress(2, stream);
  progress.update(1, {label: 'dense'});
  progress.update(2);
  progress.stop();
  expect(text()).toContain('2/2 epochs, 0 s | dense');
});

it.each([0, -1, 1.5, Number.NaN])('refuses %p epochs', (epochs) => {
  expect(() => createProgress(epochs)).toThrow('must be a whole number above 0');
});
