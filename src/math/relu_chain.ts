/** Dense layers in a row with ReLUs between them, from one number to one number, in doubles. */

/** Values and derivatives for weights in the order of the layers: kernel [from, to], then bias, of each. */
export interface ReLUChain {
  /** How many weights there are. */
  size: number;
  value(weights: Float64Array, x: number): number;
  /** The value; its derivatives with respect to the weights go into `gradient`. */
  differentiate(weights: Float64Array, x: number, gradient: Float64Array): number;
}

/** @param widths Of the input, which is 1, the layers, and the output, which is 1. */
export function reluChain(widths: readonly number[]): ReLUChain {
  const last = widths.length - 1;
  const kernels: number[] = [];
  let size = 0;
  for (let layer = 0; layer < last; layer++) {
    kernels.push(size);
    size += (widths[layer] + 1) * widths[layer + 1];
  }
  const values = widths.map((width) => new Float64Array(width));
  const slopes = widths.map((width) => new Float64Array(width));

  const value = (weights: Float64Array, x: number): number => {
    values[0][0] = x;
    for (let layer = 0; layer < last; layer++) {
      const [from, to] = [values[layer], values[layer + 1]];
      const biases = kernels[layer] + from.length * to.length;
      for (let j = 0; j < to.length; j++) {
        let sum = weights[biases + j];
        for (let i = 0; i < from.length; i++) sum += from[i] * weights[kernels[layer] + i * to.length + j];
        to[j] = layer < last - 1 && sum < 0 ? 0 : sum;
      }
    }
    return values[last][0];
  };

  const differentiate = (weights: Float64Array, x: number, gradient: Float64Array): number => {
    const result = value(weights, x);
    slopes[last][0] = 1;
    for (let layer = last - 1; layer >= 0; layer--) {
      const [from, to] = [values[layer], values[layer + 1]];
      const [before, after] = [slopes[layer], slopes[layer + 1]];
      const biases = kernels[layer] + from.length * to.length;
      for (let j = 0; j < to.length; j++) gradient[biases + j] = after[j];
      for (let i = 0; i < from.length; i++) {
        let slope = 0;
        for (let j = 0; j < to.length; j++) {
          const at = kernels[layer] + i * to.length + j;
          gradient[at] = from[i] * after[j];
          slope += weights[at] * after[j];
        }
        before[i] = layer > 0 && !(from[i] > 0) ? 0 : slope;
      }
    }
    return result;
  };

  return {size, value, differentiate};
}
