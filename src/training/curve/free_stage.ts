import * as tf from '@tensorflow/tfjs';
import {toDense} from '../../export/to_dense';
import {levenbergMarquardt, meanSquare} from '../../math/levenberg_marquardt';
import {type ReLUChain, reluChain} from '../../math/relu_chain';
import type {Curve, Points} from './points';
import type {TrainedWave} from './regions_stage';

/** All weights of the dense form of some waves, in doubles. */
interface Net {
  wave: TrainedWave;
  model: tf.Sequential;
  chain: ReLUChain;
  steps: Generator<Float64Array>;
  best: Float64Array;
  bestError: number;
  losses: number[];
}

/** Steps of each net before the best one goes on. */
const FIRST_STEPS = 5;
/** A net that came no nearer by this share in as many steps has arrived. */
const PATIENCE = 8;
const GAIN = 0.02;
/** One that leaves more than this share of the variance may have gone astray: the next one gets its chance. */
const UNSURE = 0.1;
/** What leaves less has the right shape. */
const CERTAIN = 1e-3;
/** Milliseconds after which others get their turn. */
const FRAME = 30;

/**
 * Trains all weights of the dense forms by least squares, a few steps each, and the best one on to the end; the best of another
 * shape too, unless the fit is certain; and all of them where none fits.
 *
 * @param heldOut Points by which the best step is chosen; else by those of the training.
 * @param onStep Called after each step: how many there were and will be at most, and the mean square on the points of the training.
 * @returns The dense form of the best, the wave that it comes from, and its mean squares on the points of the training.
 */
export async function trainFree(
  waves: TrainedWave[],
  training: Points,
  heldOut: Points | null,
  steps: number,
  onStep: (done: number, total: number, error: number) => void,
): Promise<{model: tf.Sequential; wave: TrainedWave; losses: number[]}> {
  const nets: Net[] = [];
  let frame = Date.now();
  let done = 0;
  let after = waves.length * Math.min(FIRST_STEPS, steps) + Math.max(0, steps - FIRST_STEPS); // steps of nets that follow
  const advance = async (net: Net, count: number) => {
    let [since, reference] = [0, net.bestError];
    after = Math.max(0, after - count);
    for (let i = 0; i < count && since < PATIENCE; i++) {
      const {value: weights, done: isOver} = net.steps.next();
      if (isOver) return;
      net.losses.push(meanSquare(net.chain, weights, training));
      const error = heldOut ? meanSquare(net.chain, weights, heldOut) : net.losses.at(-1)!;
      if (error < net.bestError) [net.best, net.bestError] = [weights, error];
      since = error < (1 - GAIN) * reference ? 0 : since + 1;
      if (since === 0) reference = error;
      done++;
      onStep(done, done + count - 1 - i + after, net.losses.at(-1)!);
      if (Date.now() - frame > FRAME) {
        await tf.nextFrame();
        frame = Date.now();
      }
    }
  };
  for (const wave of waves) {
    const net = await netOf(wave, training, heldOut);
    nets.push(net);
    await advance(net, Math.min(FIRST_STEPS, steps));
  }
  const nearest = () => nets.sort((a, b) => a.bestError - b.bestError)[0];
  const first = nearest();
  const otherShape = nets.filter(({wave}) => wave.curvature !== first.wave.curvature).slice(0, 1);
  for (const [i, net] of [...new Set([first, ...otherShape, ...nets])].entries()) {
    if (i > 0 && nearest().bestError < (otherShape.includes(net) ? CERTAIN : UNSURE)) break;
    await advance(net, Math.max(0, steps - FIRST_STEPS));
  }
  const [best, ...others] = nets;
  for (const {model} of others) model.dispose();
  setWeights(best.model, best.best);
  return {model: best.model, wave: best.wave, losses: best.losses};
}

async function netOf(wave: TrainedWave, training: Points, heldOut: Points | null): Promise<Net> {
  const model = toDense(wave.model);
  const chain = reluChain([1, ...model.layers.map((layer) => layer.outputShape[1] as number)]);
  const parts = await Promise.all(model.getWeights().map((weight) => weight.data()));
  const start = Float64Array.from(parts.flatMap((part) => Array.from(part)));
  const error = meanSquare(chain, start, training);
  return {
    wave,
    model,
    chain,
    steps: levenbergMarquardt(chain, start, training),
    best: start,
    bestError: heldOut ? meanSquare(chain, start, heldOut) : error,
    losses: [error],
  };
}

function setWeights(model: tf.Sequential, values: Float64Array): void {
  let at = 0;
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map(({shape, size}) => {
        at += size;
        return tf.tensor(Float32Array.from(values.subarray(at - size, at)), shape);
      }),
    ),
  );
}

/** Takes the points' own units into the first and the last layer. */
export function unstandardize(model: tf.Sequential, {domain: [low, high], mean, deviation}: Curve): void {
  tf.tidy(() => {
    const weights = model.getWeights();
    const [kernel, bias] = weights;
    const scaled = tf.div(kernel, high - low);
    const first = [scaled, tf.sub(bias, tf.mul(tf.squeeze(scaled, [0]), low))];
    const last = weights.slice(-2).map((weight) => tf.mul(weight, deviation));
    model.setWeights([...first, ...weights.slice(2, -2), last[0], tf.add(last[1], mean)]);
  });
}
