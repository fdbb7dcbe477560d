/** Cross entropy of rows of `classes` logits and labels, each computed in doubles: see ops/softmax_cross_entropy.ts. */

/** The loss of each row. */
export function softmaxCrossEntropy(
  logits: Float32Array,
  labels: Float32Array,
  classes: number,
  smoothing: number,
): Float32Array {
  const losses = new Float32Array(logits.length / classes);
  for (let row = 0, start = 0; row < losses.length; row++, start += classes) {
    const {top, sum} = exponentials(logits, start, classes);
    const log = top + Math.log(sum);
    let loss = 0;
    for (let i = start; i < start + classes; i++) loss += smoothed(labels[i], classes, smoothing) * (log - logits[i]);
    losses[row] = loss;
  }
  return losses;
}

/** The derivative of sum(dy * loss) by the logits. */
export function softmaxCrossEntropyGradient(
  dy: Float32Array,
  logits: Float32Array,
  labels: Float32Array,
  smoothing: number,
): Float32Array {
  const derivative = new Float32Array(logits.length);
  const classes = logits.length / dy.length;
  const powers = new Float64Array(classes); // an exponential takes longer than all else
  for (let row = 0, start = 0; row < dy.length; row++, start += classes) {
    const {sum} = exponentials(logits, start, classes, powers);
    let total = 0;
    for (let i = start; i < start + classes; i++) total += smoothed(labels[i], classes, smoothing);
    const share = total / sum;
    for (let i = 0; i < classes; i++) {
      const label = smoothed(labels[start + i], classes, smoothing);
      derivative[start + i] = dy[row] * (share * powers[i] - label);
    }
  }
  return derivative;
}

const smoothed = (label: number, classes: number, smoothing: number) => label * (1 - smoothing) + smoothing / classes;

/** The sum of exp(logit - top), of which none overflows; each of them in `powers`, if that is given. */
function exponentials(logits: Float32Array, start: number, classes: number, powers?: Float64Array) {
  let top = -Infinity;
  for (let i = start; i < start + classes; i++) if (logits[i] > top) top = logits[i];
  let sum = 0;
  for (let i = 0; i < classes; i++) {
    const power = Math.exp(logits[start + i] - top);
    sum += power;
    if (powers) powers[i] = power;
  }
  return {top, sum};
}
