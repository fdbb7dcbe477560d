import * as tf from '@tensorflow/tfjs';
import {initializers} from 'tfjs-piecewise';

const {rai} = initializers;
const FAN_IN = 3;
const UNITS = 4000;

/** The rows (w, b) of all units. */
function rows(seed: number): number[][] {
  const numbers = (shape: number[]) => tf.tidy(() => Array.from(rai({seed, fanIn: FAN_IN}).apply(shape).dataSync()));
  const [kernel, bias] = [numbers([FAN_IN, UNITS]), numbers([UNITS])];
  return bias.map((b, unit) => [...Array.from({length: FAN_IN}, (_, i) => kernel[i * UNITS + unit]), b]);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: number[]) => mean(values.map((value) => value ** 2)) - mean(values) ** 2;

describe('rai', () => {
  it('has the moments of one Beta(2, 1) entry among normal ones, in kernel and bias alike', () => {
    // An entry is Beta(2, 1) (mean 2/3, mean square 1/2) with probability 1/4, else normal with variance 0.6007^2 / 3.
    const all = rows(1);
    for (let i = 0; i <= FAN_IN; i++) {
      const column = all.map((row) => row[i]);
      expect(mean(column)).toBeGreaterThan(1 / 6 - 0.03);
      expect(mean(column)).toBeLessThan(1 / 6 + 0.03);
      const square = 1 / 8 + (3 / 4) * (0.6007 ** 2 / 3);
      expect(Math.abs(mean(column.map((value) => value ** 2)) - square)).toBeLessThan(0.02);
    }
  });

  it('chooses exactly one positive entry in each unit, kernel and bias together', () => {
    // The sum of a row is one Beta(2, 1) and 3 normal numbers; two choices, or none, would show in mean and variance.
    const sums = rows(2).map((row) => row.reduce((sum, value) => sum + value, 0));
    expect(Math.abs(mean(sums) - 2 / 3)).toBeLessThan(0.03);
    expect(Math.abs(variance(sums) - (1 / 18 + 0.6007 ** 2))).toBeLessThan(0.03);
  });

  it('leaves fewer ReLU units dead on [0, 1] than the start of PyTorch does', () => {
    const alive = (initializer: typeof rai | typeof initializers.torchLinear) =>
      tf.tidy(() => {
        const kernel = initializer({seed: 3}).apply([1, UNITS]).dataSync();
        const bias = initializer({seed: 3, fanIn: 1}).apply([UNITS]).dataSync();
        return kernel.filter((w, i) => Math.max(bias[i], w + bias[i]) > 0).length / UNITS;
      });
    expect(alive(rai)).toBeGreaterThan(alive(initializers.torchLinear) + 0.1);
  });

  it('refuses a bias without fanIn', () => {
    expect(() => rai().apply([4])).toThrow('initializer RAI: a bias needs the number of inputs of its units');
  });
});
