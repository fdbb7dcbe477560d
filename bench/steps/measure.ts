import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {BackendName} from '../backends';
import {compare, type Effort, perCall, type Timing, type Variant} from '../compare';
import {spread} from '../kernels';
import {kernelTimes, total} from '../profile/kernel_times';
import type {StepNetwork} from './networks';
import type {PyTorch} from './pytorch';
import {type StepsRow, type Times, WHATS, type What} from './results';

/** A request to PyTorch is to last so many milliseconds: what the pipe takes then does not count. */
const REQUEST = 20;

/** All variants of one thing take turns: ours, the dense network, PyTorch and the copy. */
export async function measureNetwork(
  network: StepNetwork,
  backend: BackendName,
  effort: Effort,
  torch?: PyTorch,
): Promise<StepsRow> {
  const ours = runsOf(network, network.ours());
  const rival = network.rival && runsOf(network, network.rival.build());
  const found = await profileOf(ours.variants.step.run);
  const times = {ours: {} as Times, rival: {} as Times, torch: {} as Times};
  let copy: Timing | undefined;
  for (const what of WHATS) {
    const variants: Record<string, Variant> = {ours: ours.variants[what]};
    if (rival) variants.rival = rival.variants[what];
    if (what === 'step') variants.copy = copies(found);
    const runs = torch && network.torch && (await requestOf(torch, network, what));
    if (runs) variants.torch = {run: () => torch.time(network.torch!, network.batch, what, runs)};
    const all = await compare(variants, effort);
    for (const name of ['ours', 'rival'] as const) if (all[name]) times[name][what] = all[name];
    if (runs) times.torch[what] = perCall(all.torch, runs);
    copy ??= all.copy;
  }
  const row: StepsRow = {
    network: network.name,
    backend,
    batch: network.batch,
    parameters: ours.parameters,
    ours: times.ours,
    profile: found,
    copy: copy!,
    ...(rival && {
      rival: {name: network.rival!.name, of: network.rival!.of, parameters: rival.parameters, times: times.rival},
    }),
    ...(torch && network.torch && {torch: times.torch}),
  };
  ours.dispose();
  rival?.dispose();
  return row;
}

export function runsOf({inputs, classes, batch}: StepNetwork, model: tf.LayersModel) {
  model.compile({
    optimizer: pw.optimizers.adamW({learningRate: 1e-3, weightDecay: 0.01}),
    loss: (labels, logits) => pw.softmaxCrossEntropy(labels, logits),
  });
  const x = tf.tensor2d(spread(batch * inputs, -1, 1), [batch, inputs]);
  const one = tf.tensor2d(spread(inputs, -1, 1), [1, inputs]);
  const y = tf.tensor2d(spread(batch * classes, 0, 1), [batch, classes]);
  const predict = (rows: tf.Tensor) => () => {
    const outputs = model.predict(rows) as tf.Tensor;
    outputs.dataSync();
    outputs.dispose();
  };
  const variants: Record<What, Variant> = {
    step: {run: () => model.trainOnBatch(x, y)},
    one: {run: predict(one)},
    batch: {run: predict(x)},
  };
  const dispose = () => {
    tf.dispose([x, one, y]);
    model.optimizer.dispose();
    model.dispose();
  };
  return {variants, parameters: model.countParams(), dispose};
}

const PROFILED = 9;

async function profileOf(run: () => unknown): Promise<StepsRow['profile']> {
  const profile = await kernelTimes(run, PROFILED);
  const share = total(profile, 'milliseconds') / profile.milliseconds;
  return {calls: Math.round(total(profile, 'calls')), bytes: total(profile, 'bytes'), share};
}

/** The bytes of a step as one copy for each kernel, of the mean size. */
function copies({bytes, calls}: {bytes: number; calls: number}): Variant {
  const source = spread(Math.max(1, Math.round(bytes / calls / 8)), -1, 1); // half of them are read, half written
  const target = new Float32Array(source.length);
  return {
    run: () => {
      for (let i = 0; i < calls; i++) target.set(source);
    },
  };
}

/** How many runs a request asks for. */
async function requestOf(torch: PyTorch, {torch: network, batch}: StepNetwork, what: What): Promise<number> {
  await torch.time(network!, batch, what, 2);
  const once = await torch.time(network!, batch, what, 3);
  return Math.max(1, Math.ceil(REQUEST / once));
}
