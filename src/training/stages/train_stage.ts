import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {adamW} from '../../optimizers/adam_w';
import {cosine} from '../../schedules/cosine';
import {type Plan, type Samples, type Stage, WHO} from './options';

/** Leaves the model compiled; if it fails, without an optimizer that holds tensors. */
export async function trainStage(
  model: tf.LayersModel,
  stage: Stage,
  samples: Samples,
  plan: Plan,
): Promise<tf.History['history']> {
  const {optimizer, loss, metrics, fit} = plan;
  const epochs = plan.epochs[stage];
  const own = (optimizer ?? adam)(plan.learningRate[stage], stage);
  try {
    model.compile({optimizer: own, loss: loss ?? 'meanSquaredError', metrics: metrics ?? undefined});
    if (epochs === 0) return {};
    const args = {...fit, epochs, callbacks: callbacksOf(stage, plan)};
    const {history} =
      'dataset' in samples
        ? await model.fitDataset(samples.dataset, args as tf.ModelFitDatasetArgs<tf.TensorContainer>)
        : await model.fit(samples.x, samples.y, args as tf.ModelFitArgs);
    return history;
  } catch (error) {
    own.dispose();
    throw error;
  }
}

/** The loss over all samples: the first of what a compiled model is evaluated by. */
export async function lossOf(model: tf.LayersModel, samples: Samples, {fit}: Plan): Promise<number> {
  const results =
    'dataset' in samples
      ? await model.evaluateDataset(samples.dataset as tf.data.Dataset<{[name: string]: tf.Tensor}>, {
          batches: fit.batchesPerEpoch!,
        })
      : model.evaluate(samples.x, samples.y, {batchSize: fit.batchSize});
  const [loss] = [results].flat();
  const [value] = await loss.data();
  tf.dispose(results);
  return value;
}

/** All as objects of classes: beside one of these tfjs takes no others. */
function callbacksOf(stage: Stage, {epochs: all, learningRate, schedule, onEpoch, fit}: Plan): tf.Callback[] {
  const epochs = all[stage];
  const requireFinite = async (epoch: number, logs?: tf.Logs) => {
    if (Number.isFinite(logs?.loss)) return;
    const received = `${logs?.loss} in epoch ${epoch + 1}`;
    fail(WHO, `the loss of stage '${stage}' must stay finite`, received, 'Lower its rate.');
  };
  const report = async (epoch: number, logs?: tf.Logs) =>
    onEpoch?.({stage, epoch: epoch + 1, epochs, logs: logs ?? {}});
  const given: unknown[] = [fit.callbacks ?? []].flat();
  const rates = schedule === 'cosine' ? [cosine({learningRate: learningRate[stage]})] : [];
  return [...rates, {onEpochEnd: requireFinite}, ...given, {onEpochEnd: report}].map((callback) =>
    typeof (callback as {setModel?: unknown}).setModel === 'function'
      ? callback
      : new tf.CustomCallback(callback as tf.CustomCallbackArgs, fit.yieldEvery ?? 'auto'),
  ) as tf.Callback[];
}

/** tfjs would take its epsilon from the backend: 1e-7, or 1e-4 with half precision, which costs a factor of 2 to 3. */
function adam(learningRate: number): tf.Optimizer {
  return adamW({learningRate, weightDecay: 0, epsilon: 1e-8});
}
