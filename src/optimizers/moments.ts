import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

/** What the optimizer knows of one weight. */
export interface Moments {
  /** The weight's name, as tfjs knows it. */
  name: string;
  first: tf.Tensor;
  second: tf.Tensor;
  /** Steps that the weight has made. */
  steps: number;
}

interface NamedTensor {
  name: string;
  tensor: tf.Tensor;
}

const WHO = 'AdamW';
const ADVICE = 'Compile the model with a new optimizer.';

/** The moments of all weights that one optimizer trains: kept tensors, a pair for each weight. */
export class AllMoments {
  private readonly ofVariables = new Map<tf.Variable, Moments>();
  /** Moments of a saved model, before its weights have come. */
  private saved: Moments[] = [];
  /** No weight has come since. */
  private isFresh = false;
  /** What `toTensors` made last: nobody else disposes them. */
  private made: tf.Tensor[] = [];

  /** The moments of each of these weights, in their order. */
  of(variables: tf.Variable[]): Moments[] {
    const unknown = variables.filter((variable) => !this.ofVariables.has(variable));
    if (unknown.length > 0 && this.saved.length > 0) this.adopt(unknown);
    return variables.map((variable) => {
      const known = this.ofVariables.get(variable);
      if (known) return known;
      this.forgetDisposed();
      const zeros = () => tf.keep(tf.zerosLike(variable as tf.Tensor));
      const moments = {name: variable.name, first: zeros(), second: zeros(), steps: 0};
      this.ofVariables.set(variable, moments);
      return moments;
    });
  }

  /** As tfjs saves them with a model: all first moments, then all second ones; before them the steps. */
  toTensors(iterations: number): NamedTensor[] {
    tf.dispose(this.made);
    const all = [...this.ofVariables.values(), ...this.saved];
    const steps = tf.tensor1d(
      all.map((moments) => moments.steps),
      'int32',
    );
    this.made = [tf.scalar(iterations, 'int32'), steps].map((t) => tf.keep(t));
    return [
      {name: 'iter', tensor: this.made[0]},
      {name: 'steps', tensor: this.made[1]},
      ...all.map(({name, first}) => ({name: `${name}/m`, tensor: first})),
      ...all.map(({name, second}) => ({name: `${name}/v`, tensor: second})),
    ];
  }

  /** The moments that `toTensors` gave, but for the iterations. Copies them. */
  async fromTensors([steps, ...moments]: NamedTensor[]): Promise<void> {
    const count = moments.length / 2;
    const alike = moments.slice(0, count).every(({tensor}, i) => {
      return tf.util.arraysEqual(tensor.shape, moments[count + i]?.tensor.shape ?? [-1]);
    });
    if (steps?.name !== 'steps' || steps.tensor.size !== count || !alike) {
      const expected = "the weights of an optimizer must be 'iter', 'steps', all first and all second moments";
      fail(WHO, expected, `${moments.length + (steps ? 2 : 1)} of other kinds`, 'Pass what getWeights() gave.');
    }
    const stepsOfEach = await steps.tensor.data();
    this.dispose();
    const copy = ({tensor}: NamedTensor) => tf.keep(tf.clone(tensor));
    this.saved = moments.slice(0, count).map((first, i) => ({
      name: first.name.replace(/\/m$/, ''),
      first: copy(first),
      second: copy(moments[count + i]),
      steps: stepsOfEach[i],
    }));
    this.isFresh = true;
  }

  dispose(): void {
    for (const {first, second} of [...this.ofVariables.values(), ...this.saved]) tf.dispose([first, second]);
    tf.dispose(this.made);
    this.made = [];
    this.saved = [];
    this.ofVariables.clear();
  }

  /**
   * Gives the saved moments to the weights of their names. In the process that saved the model, a loaded copy has other
   * names: then the first weights that come take them by their order.
   */
  private adopt(variables: tf.Variable[]): void {
    const names = variables.map(({name}) => name);
    const savedNames = this.saved.map(({name}) => name);
    const isPart = (some: string[], all: string[]) => some.every((name) => all.includes(name));
    const byName = !this.isFresh || isPart(names, savedNames) || isPart(savedNames, names);
    if (!byName && names.length !== savedNames.length) {
      fail(WHO, `the weights must be those that were saved, ${savedNames}`, names, ADVICE);
    }
    const adopted = variables.map((_, i) => this.saved[byName ? savedNames.indexOf(names[i]) : i]);
    for (const [i, moments] of adopted.entries()) {
      if (moments && !tf.util.arraysEqual(moments.first.shape, variables[i].shape)) {
        const expected = `the saved moments of ${names[i]} must have its shape [${variables[i].shape}]`;
        fail(WHO, expected, `shape [${moments.first.shape}]`, ADVICE);
      }
    }
    for (const [i, moments] of adopted.entries()) {
      if (moments) this.ofVariables.set(variables[i], Object.assign(moments, {name: names[i]}));
    }
    this.saved = this.saved.filter((moments) => !adopted.includes(moments));
    this.isFresh = false;
  }

  /** A weight that is disposed will not come again, though another one may have its name. */
  private forgetDisposed(): void {
    for (const [variable, {first, second}] of this.ofVariables) {
      if (!variable.isDisposed) continue;
      tf.dispose([first, second]);
      this.ofVariables.delete(variable);
    }
  }
}
