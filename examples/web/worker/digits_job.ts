import * as tf from '@tensorflow/tfjs';
import {batch} from '../../node/batch';
import type {Dataset} from '../../node/datasets/dataset';
import {shuffledIndices} from '../../node/datasets/split';
import {compile} from '../../node/recipe';
import {type DigitsConfig, digitsPlans, pairOf, RECIPE} from '../networks/digits';
import {build} from './build';
import type {Job} from './job';
import {classify, judge} from './judge';
import type {Candidate, Judgement, NetworkName, Reply} from './messages';

interface Run {
  model: tf.Sequential;
  trainer: ReturnType<typeof compile>;
  candidate: Candidate;
}

/** All networks, an epoch of each in turn, so that the picture grows everywhere at once. */
export class DigitsJob implements Job {
  private readonly runs: Run[];
  private next = 0;

  constructor(
    private readonly dataset: Dataset,
    private readonly config: DigitsConfig,
    /** The network that somebody looks into. */
    private chosen: number,
  ) {
    this.runs = digitsPlans(config.seed).map((plan) => {
      const model = build(plan);
      const {name, family, learningRate} = plan;
      const candidate = {name, family, parameters: model.countParams(), epoch: 0, accuracies: []};
      const recipe = {...RECIPE, learningRate, epochs: config.epochs};
      return {model, trainer: compile(model, recipe), candidate};
    });
  }

  get done(): boolean {
    return this.runs.every(({candidate}) => candidate.epoch >= this.config.epochs);
  }

  /** The network of this kind, of the pair that somebody looks into. */
  model(name: NetworkName): tf.LayersModel {
    return this.runs[pairOf(this.chosen)[name]].model;
  }

  /** One epoch of one network, however little time there is. */
  async step(): Promise<void> {
    const run = this.runs[this.next];
    this.next = (this.next + 1) % this.runs.length;
    const {train, test, numClasses} = this.dataset;
    const {batchSize} = RECIPE;
    const order = shuffledIndices(train.count, this.config.seed * 1000 + run.candidate.epoch + 1);
    const {optimizer, schedule} = run.trainer;
    const batches = Math.ceil(train.count / batchSize);
    for (let i = 0; i < batches; i++) {
      schedule.set(optimizer, run.candidate.epoch * batches + i, this.config.epochs * batches);
      const start = i * batchSize;
      const [x, y] = batch(train, order.subarray(start, start + batchSize), numClasses);
      await run.model.trainOnBatch(x, y);
      tf.dispose([x, y]);
    }
    run.candidate.epoch++;
    const guesses = await classify(run.model, test.x, test.count);
    run.candidate.accuracies.push(guesses.filter((guess, i) => guess === test.y[i]).length / test.count);
  }

  async report(): Promise<Reply> {
    return {type: 'digits', report: {candidates: this.runs.map(({candidate}) => candidate), done: this.done}};
  }

  judge(index: number): Promise<Judgement> {
    this.chosen = index;
    const {model, candidate} = this.runs[index];
    return judge(candidate.name, model, this.dataset);
  }

  dispose(): void {
    for (const {model, trainer} of this.runs) {
      trainer.optimizer.dispose();
      model.dispose();
    }
  }
}
