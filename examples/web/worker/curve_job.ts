import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type CurveConfig, FIRST_STAGE, hasTwoStages} from '../networks/curve_config';
import {barsOf} from './bars';
import {curveNetworks, freeForm} from './built';
import type {Job} from './job';
import {type CurveFit, type CurveReport, NETWORKS, type NetworkName, type Reply} from './messages';
import {EPOCHS, Trainee} from './trainee';

/** Training for nobody costs a battery: it stops here. */
const LAST_EPOCH = 3000;
/** Share of the interval from which on a piece can be seen. */
const WIDE = 0.01;

/** Both networks on one curve, in turn. */
export class CurveJob implements Job {
  private readonly x: tf.Tensor2D;
  private readonly y: tf.Tensor2D;
  private readonly networks: Record<NetworkName, Trainee>;
  private readonly twoStages: boolean;
  private stage: CurveReport['stage'] = 'regions';
  private epoch = 0;
  private readonly multiplyAdds = new Map<Trainee, number | null>();

  constructor(private readonly config: CurveConfig) {
    [this.x, this.y] = [column(config.x), column(config.y)];
    this.twoStages = hasTwoStages(config);
    const {dense, ours} = curveNetworks(config);
    this.networks = {dense: new Trainee(dense, LOSS), ours: new Trainee(ours, LOSS)};
  }

  get done(): boolean {
    return this.epoch >= LAST_EPOCH;
  }

  model(name: NetworkName): tf.Sequential {
    return this.networks[name].model;
  }

  async step(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    const epochs = milliseconds === 0 ? 1 : EPOCHS;
    do {
      if (this.twoStages && this.stage === 'regions' && this.epoch >= FIRST_STAGE) this.free();
      for (const network of Object.values(this.networks)) await network.train(this.x, this.y, epochs);
      this.epoch += epochs;
    } while (performance.now() < end && !this.done);
  }

  async report(): Promise<Reply> {
    const {epoch, stage, networks, done} = this;
    const [dense, ours] = [await this.fitOf(networks.dense), await this.fitOf(networks.ours)];
    return {type: 'curve', report: {epoch, stage, done, networks: {dense, ours}}};
  }

  dispose(): void {
    for (const name of NETWORKS) this.networks[name].dispose();
    tf.dispose([this.x, this.y]);
  }

  /** From here on all weights of the same function are trained. */
  private free(): void {
    const {ours} = this.networks;
    this.networks.ours = new Trainee(freeForm(ours.built), LOSS);
    ours.dispose();
    this.stage = 'free';
  }

  private async fitOf(network: Trainee): Promise<CurveFit> {
    const {model, built} = network;
    const prediction = await network.predict(this.x);
    const errors = prediction.map((value, i) => value - this.config.truth[i]);
    const {regions, breakpoints} = await pw.analysis.countLinearRegions(model, {from: [0], to: [1]});
    const ends = [0, ...breakpoints, 1];
    return {
      name: built.name,
      plan: built.plan,
      parameters: model.countParams(),
      regions,
      wide: breakpoints.length === 0 ? 1 : ends.filter((end, i) => i > 0 && end - ends[i - 1] > WIDE).length,
      breakpoints,
      possible: built.possible ?? BigInt((await pw.analysis.regionBounds(model, {dimension: 1})).serra.count),
      multiplyAdds: await this.costOf(network),
      prediction,
      meanSquaredError: errors.reduce((sum, error) => sum + error * error, 0) / errors.length,
      maxError: errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0),
      msPerEpoch: network.msPerEpoch,
      bars: await barsOf(model),
    };
  }

  private async costOf(network: Trainee): Promise<number | null> {
    const known = this.multiplyAdds.get(network);
    if (known !== undefined) return known;
    const {total} = await pw.analysis.parameterReport(network.model);
    this.multiplyAdds.set(network, total.multiplyAdds);
    return total.multiplyAdds;
  }
}

const LOSS = 'meanSquaredError';

function column(values: number[]): tf.Tensor2D {
  return tf.tensor2d(values, [values.length, 1]);
}
