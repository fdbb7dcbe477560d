import * as tf from '@tensorflow/tfjs';
import type {CurveConfig} from './curve_config';
import {FIRST_STAGE, freeForm, hasTwoStages, networksOf} from './curve_models';
import type {CurveReport, NetworkName} from './messages';
import {type Curve, Network} from './network';

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
    const {x, y, truth} = config;
    this.curve = {x: column(x), y: column(y), truth: Float32Array.from(truth)};
    this.twoStages = hasTwoStages(config);
    const {dense, ours} = networksOf(config);
    this.networks = {dense: new Network(dense), ours: new Network(ours)};
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

  /** From here on all weights of the same function are trained. */
  private free(): void {
    const {ours} = this.networks;
    this.networks.ours = new Network(freeForm(ours.built));
    ours.dispose();
    this.stage = 'free';
  }
}

/** Epochs of one network before it is the other one's turn. */
const EPOCHS = 2;

function column(values: number[]): tf.Tensor2D {
  return tf.tensor2d(values, [values.length, 1]);
}
