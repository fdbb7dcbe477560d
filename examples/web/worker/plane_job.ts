import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {densePlan, ourPlan} from '../networks/plane';
import type {PlaneConfig} from '../networks/plane_config';
import {builtOf} from './built';
import type {Job} from './job';
import {type Mosaic, NETWORKS, type NetworkName, type PlaneFit, type Reply} from './messages';
import {EPOCHS, Trainee} from './trainee';

const LAST_EPOCH = 3000;
const WINDOW = [-1, 1] as const;
const LOSS = 'sigmoidCrossEntropy';

/** Both networks on the points of a plane, in turn. */
export class PlaneJob implements Job {
  private readonly x: tf.Tensor2D;
  private readonly y: tf.Tensor2D;
  private readonly networks: Record<NetworkName, Trainee>;
  private epoch = 0;

  constructor(private readonly config: PlaneConfig) {
    const {points} = config;
    this.x = tf.tensor2d(
      points.map(({x, y}) => [x, y]),
      [points.length, 2],
    );
    this.y = tf.tensor2d(
      points.map(({label}) => [label]),
      [points.length, 1],
    );
    const ours = builtOf(ourPlan(config));
    const dense = builtOf(densePlan(config, ours.model.countParams()));
    this.networks = {dense: new Trainee(dense, LOSS), ours: new Trainee(ours, LOSS)};
  }

  get done(): boolean {
    return this.epoch >= LAST_EPOCH || this.config.points.length === 0;
  }

  model(name: NetworkName): tf.Sequential {
    return this.networks[name].model;
  }

  async step(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    const epochs = milliseconds === 0 ? 1 : EPOCHS;
    do {
      for (const network of Object.values(this.networks)) await network.train(this.x, this.y, epochs);
      this.epoch += epochs;
    } while (performance.now() < end && !this.done);
  }

  async report(): Promise<Reply> {
    const {epoch, done, networks} = this;
    const [dense, ours] = [await this.fitOf(networks.dense), await this.fitOf(networks.ours)];
    return {type: 'plane', report: {epoch, done, networks: {dense, ours}}};
  }

  dispose(): void {
    for (const name of NETWORKS) this.networks[name].dispose();
    tf.dispose([this.x, this.y]);
  }

  private async fitOf(network: Trainee): Promise<PlaneFit> {
    const {built, model, msPerEpoch} = network;
    const found = await pw.analysis.linearRegions2d(model, {x: WINDOW, y: WINDOW});
    const {points} = this.config;
    const logits = points.length === 0 ? [] : Array.from(await network.predict(this.x));
    const sides = logits.map((logit, i) => (points[i].label === 1 ? logit : -logit));
    return {
      name: built.name,
      plan: built.plan,
      parameters: model.countParams(),
      regions: found.regions,
      cells: found.activationCells,
      mosaic: mosaicOf(found),
      loss: mean(sides.map((side) => Math.log1p(Math.exp(-Math.abs(side))) + Math.max(0, -side))),
      accuracy: mean(sides.map((side) => Number(side > 0))),
      msPerEpoch,
    };
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function mosaicOf({polygons}: pw.analysis.LinearRegions2d): Mosaic {
  const starts = new Uint32Array(polygons.length + 1);
  for (const [i, {vertices}] of polygons.entries()) starts[i + 1] = starts[i] + vertices.length;
  return {
    corners: Float32Array.from(
      polygons.flatMap(({vertices, values}) => vertices.flatMap(([x, y], i) => [x, y, values[i][0]])),
    ),
    starts,
    regions: Uint32Array.from(polygons, ({region}) => region),
    gradients: Float32Array.from(polygons.flatMap(({gradients}) => gradients[0])),
  };
}
