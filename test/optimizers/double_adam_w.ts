/** AdamW as Loshchilov and Hutter write it (algorithm 2, with the rate as their schedule), in doubles. */
export class DoubleAdamW {
  readonly weight: Float64Array;
  private readonly m: Float64Array;
  private readonly v: Float64Array;
  private t = 0;

  constructor(
    start: ArrayLike<number>,
    private readonly decayed: boolean,
    private readonly args: {
      learningRate?: number;
      weightDecay?: number;
      beta1?: number;
      beta2?: number;
      epsilon?: number;
    },
  ) {
    this.weight = Float64Array.from(start);
    this.m = new Float64Array(start.length);
    this.v = new Float64Array(start.length);
  }

  step(gradient: ArrayLike<number>): void {
    const {learningRate = 1e-3, weightDecay = 4e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7} = this.args;
    this.t++;
    for (let i = 0; i < this.weight.length; i++) {
      this.m[i] = beta1 * this.m[i] + (1 - beta1) * gradient[i];
      this.v[i] = beta2 * this.v[i] + (1 - beta2) * gradient[i] ** 2;
      const mean = this.m[i] / (1 - beta1 ** this.t);
      const square = this.v[i] / (1 - beta2 ** this.t);
      const decay = this.decayed ? weightDecay * this.weight[i] : 0;
      this.weight[i] -= learningRate * (mean / (Math.sqrt(square) + epsilon) + decay);
    }
  }
}
