import * as tf from '@tensorflow/tfjs';

/** How a model is trained. */
export interface Recipe {
  /** Rate of Adam at the first step; it falls to 0 along a half cosine. */
  learningRate: number;
  /** Decoupled decay of all trained numbers (AdamW), in units of the learning rate. */
  weightDecay: number;
  /** Share of the target that is spread over all classes. */
  labelSmoothing: number;
  batchSize: number;
  epochs: number;
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), which tfjs does not have. */
export class AdamW extends tf.AdamOptimizer {
  /** @nocollapse */
  static override readonly className = 'AdamW';

  constructor(
    rate: number,
    private readonly weightDecay: number,
  ) {
    super(rate, 0.9, 0.999, 1e-8);
  }

  set rate(value: number) {
    this.learningRate = value;
  }

  override applyGradients(gradients: Parameters<tf.AdamOptimizer['applyGradients']>[0]): void {
    super.applyGradients(gradients);
    const keep = 1 - this.learningRate * this.weightDecay;
    if (keep === 1) return;
    const names = Array.isArray(gradients) ? gradients.map(({name}) => name) : Object.keys(gradients);
    for (const name of names) {
      const variable = tf.engine().registeredVariables[name];
      tf.tidy(() => variable.assign(tf.mul(variable, keep)));
    }
  }
}

/** Compiles a model of logits and returns what sets the learning rate, by the share of the training done. */
export function compile(model: tf.LayersModel, recipe: Recipe): {optimizer: AdamW; schedule(done: number): void} {
  const optimizer = new AdamW(recipe.learningRate, recipe.weightDecay);
  model.compile({
    optimizer,
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, recipe.labelSmoothing),
  });
  const schedule = (done: number) => {
    optimizer.rate = recipe.learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
  };
  return {optimizer, schedule};
}
