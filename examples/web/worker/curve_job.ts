import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {denseNetwork, ourNetwork} from './curve_models';
import type {CurveConfig, CurveReport, NetworkName} from './messages';
import {type Curve, Network} from './network';

/** Epochs of the stage that keeps all regions, when there are two. */
const FIRST_STAGE = 300;
/** Training for nobody costs a battery: it stops here. */
const LAST_EPOCH = 3000;
const SLICE_MS = 60;

/** Both networks on one curve, in turn. */
export class CurveJob {
  private readonly curve: Curve;
  private readonly networks: Record<NetworkName, Network>;
  private readonly twoStages: boolean;
  private stage: CurveReport['stage'] = 'regions';
  private epoch = 0;

  constructor(config: CurveConfig) {
    const {x, y, truth, denseLayers, seed} = config;
    this.curve = {x: column(x), y: column(y), truth: Float32Array.from(truth)};
    this.twoStages = config.twoStages && config.family !== 'wht';
    const ours = ourNetwork(config);
    const dense = denseNetwork(this.budget(ours.model), denseLayers, seed);
    this.networks = {
      dense: new Network(dense.name, dense.model, dense.learningRate),
      ours: new Network(ours.name, ours.model, ours.learningRate),
    };
  }

  get done(): boolean {
    return this.epoch >= LAST_EPOCH;
  }

  model(name: NetworkName): tf.Sequential {
    return this.networks[name].model;
  }

  /** Trains for about as long as an eye takes to notice. */
  async step(): Promise<void> {
    const end = performance.now() + SLICE_MS;
    do {
      if (this.twoStages && this.stage === 'regions' && this.epoch >= FIRST_STAGE) this.free();
      for (const network of Object.values(this.networks)) await network.train(this.curve, EPOCHS);
      this.epoch += EPOCHS;
    } while (performance.now() < end && !this.done);
  }

  async report(): Promise<CurveReport> {
    const {epoch, stage, networks, curve} = this;
    return {
      epoch,
      stage,
      networks: {dense: await networks.dense.report(curve), ours: await networks.ours.report(curve)},
    };
  }

  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
    tf.dispose([this.curve.x, this.curve.y]);
  }

  /** From here on all weights of the same function are trained: regions may come and go. */
  private free(): void {
    const {name, model} = this.networks.ours;
    const dense = pw.exporters.toDense(model);
    this.networks.ours.dispose();
    this.networks.ours = new Network(`${name}, all weights free`, dense, 0.002);
    this.stage = 'free';
  }

  /** Of the largest form that it will have. */
  private budget(model: tf.Sequential): number {
    if (!this.twoStages) return model.countParams();
    const dense = pw.exporters.toDense(model);
    const parameters = dense.countParams();
    dense.dispose();
    return parameters;
  }
}

/** Of one network before it is the other one's turn. */
const EPOCHS = 2;

function column(values: number[]): tf.Tensor2D {
  return tf.tensor2d(values, [values.length, 1]);
}
