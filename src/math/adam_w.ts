/** Numbers of one step of AdamW: see ops/adam_w.ts. */
export interface AdamWStep {
  beta1: number;
  beta2: number;
  rate: number;
  epsilon: number;
  decay: number;
  rest: number;
}

/** The new weight and its moments, each element computed in doubles. */
export function adamW(
  [weight, gradient, first, second]: Float32Array[],
  {beta1, beta2, rate, epsilon, decay, rest}: AdamWStep,
): [weight: Float32Array, first: Float32Array, second: Float32Array] {
  const [newWeight, newFirst, newSecond] = [0, 1, 2].map(() => new Float32Array(weight.length));
  const [share1, share2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i];
    const m = beta1 * first[i] + share1 * g;
    const v = beta2 * second[i] + share2 * g * g;
    newFirst[i] = m;
    newSecond[i] = v;
    newWeight[i] = weight[i] - decay * (weight[i] - rest) - (rate * m) / (Math.sqrt(v) + epsilon);
  }
  return [newWeight, newFirst, newSecond];
}
