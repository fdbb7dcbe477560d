/**
 * The one doorway to the tfjs engine.
 *
 * A kernel is defined once, by its meaning: a forward pass made of ordinary tfjs ops, and a gradient. `runKernel` makes
 * sure that the active backend has the kernel under that name, its own fast one (`installKernels`) or else the forward
 * pass of the definition, so that "Kernel not registered" cannot happen. The engine records one node per call on its
 * tape; gradients call ops again, so they can be differentiated any number of times.
 */

import * as tf from '@tensorflow/tfjs';

/** An input that is missing is no key, rather than undefined: tfjs knows no such thing. */
export type Tensors = {[name: string]: tf.Tensor | undefined};
export type Attributes = {[name: string]: number | boolean};
export type Gradients = {[name: string]: () => tf.Tensor};

/** I are the inputs, K the outputs after the first that are only there for the gradient. */
export interface KernelDefinition<I extends Tensors, A extends Attributes, K extends Tensors = Tensors> {
  /** Key in tfjs's registry. */
  readonly name: string;
  /** Names of all inputs. */
  readonly inputs: readonly (keyof I & string)[];
  /** The meaning, and the kernel of every backend that has no own one. */
  forward(inputs: I, attrs: A): tf.Tensor | tf.Tensor[];
  /** Derivatives by input. Without it they are derived from `forward`, op by op. */
  readonly gradient?: {
    /** The inputs that `run` reads: until then they are kept. */
    readonly saved: readonly (keyof I & string)[] | ((attrs: A) => readonly (keyof I & string)[]);
    /** The outputs after the first, which `run` reads, too: the tape knows nothing of them, nor does the caller. */
    readonly kept?: readonly (keyof K & string)[];
    run(dy: tf.Tensor, inputs: I & K, attrs: A, isWanted?: (input: string) => boolean): Gradients;
  };
}

/** A kernel of one backend, as tfjs calls it. */
export type KernelFunction = tf.KernelFunc;

/** What runs the own kernels of a backend, and what would run them faster. */
export type Describe = (backend: unknown) => {path: string; advice?: string};

/** Our marks in tfjs's registry: it serves every copy of tfjs and of this package, so all agree on what is native. */
interface Registration extends tf.KernelConfig {
  portable?: boolean;
  describe?: Describe;
}

/** Beside its gradient, an op that has run leaves its forward pass as a kernel. */
interface GradientRegistration extends tf.GradConfig {
  forward?: KernelFunction;
  /** While our own call runs: it keeps the inputs itself, and tfjs shall keep none. */
  ownCall?: boolean;
}

/** The forward pass of a definition as a kernel of any backend. Every op registers it before it calls a kernel. */
export function portable(name: string): KernelFunction {
  return (call) => (tf.getGradient(name) as GradientRegistration).forward!(call);
}

/** Runs a kernel on the active backend. A kernel of several outputs gives an array. */
export function runKernel<I extends Tensors, A extends Attributes, K extends Tensors>(
  definition: KernelDefinition<I, A, K>,
  inputs: I,
  attrs: A,
): tf.Tensor {
  tf.backend(); // initializes it on first use: before, it has no name
  const backendName = tf.getBackend();
  if (!tf.getGradient(definition.name)) registerGradient(definition);
  if (!tf.getKernel(definition.name, backendName)) {
    const kernel = {kernelName: definition.name, kernelFunc: portableKernel(definition)};
    tf.registerKernel({...kernel, backendName, portable: true} as Registration);
  }
  const given = inputs as tf.NamedTensorMap;
  moveToActiveBackend(Object.values(given));
  const engine = tf.engine();
  if (!engine.isTapeOn()) return engine.runKernel(definition.name, given, attrs) as tf.Tensor;
  const registration = tf.getGradient(definition.name) as GradientRegistration;
  // tfjs keeps the inputs for the gradient of version 0.1, which another copy of this package may have registered.
  if (registration.ownCall === undefined) return engine.runKernel(definition.name, given, attrs) as tf.Tensor;
  registration.ownCall = true;
  try {
    const outputs = engine.runKernel(definition.name, given, attrs);
    const saved = savedInputs(definition, attrs).map((name) => given[name]);
    if (!definition.gradient?.kept) {
      keepForGradient(saved);
      return outputs as tf.Tensor;
    }
    const [y, ...kept] = outputs as tf.Tensor[];
    keepForGradient(saved, kept).outputs = [y];
    return y;
  } finally {
    registration.ownCall = false;
  }
}

/**
 * Keeps tensors until the backward pass of the call that the tape has recorded last. tfjs would clone each of them by a
 * kernel of its own, which takes as long as a small kernel, and on wasm copies the numbers.
 */
function keepForGradient(tensors: tf.Tensor[], outputs: tf.Tensor[] = []) {
  const engine = tf.engine();
  const node = engine.state.activeTape[engine.state.activeTape.length - 1];
  const {gradient} = node;
  // tfjs calls it on a copy of the node that has only those inputs whose derivatives it will ask for.
  node.gradient = function (this: typeof node, dys) {
    const before = wantedInputs;
    wantedInputs = this.inputs;
    try {
      return gradient!(dys);
    } finally {
      wantedInputs = before;
    }
  };
  // In a gradient inside of another one the derivative of what is kept is wanted, too: then the tape must know of it.
  const isNested = engine.state.gradientDepth > 1;
  node.saved!.push(
    ...tensors.map((t) => tf.keep(isNested ? tf.clone(t) : share(t))),
    ...outputs.map((t) => tf.keep(t)),
  );
  return node;
}

/** How often what runs now is to be differentiated: 0 without a tape, 2 in a gradient inside of another one. */
export function derivativeOrder(): number {
  const engine = tf.engine();
  return engine.isTapeOn() ? engine.state.gradientDepth : 0;
}

/** Those of the call whose gradient runs now; undefined where nobody knows. */
let wantedInputs: Tensors | undefined;

/** A second tensor of the same data. */
function share({dataId, shape, dtype}: tf.Tensor): tf.Tensor {
  const engine = tf.engine();
  engine.backend.incRef(dataId);
  return engine.makeTensorFromTensorInfo({dataId, shape, dtype});
}

/** The same numbers again, for a derivative that changes nothing: a copy only where a tape must know of it. */
export function passOn(t: tf.Tensor): tf.Tensor {
  return tf.engine().isTapeOn() ? tf.clone(t) : share(t);
}

function savedInputs<I extends Tensors, A extends Attributes, K extends Tensors>(
  {inputs, gradient}: KernelDefinition<I, A, K>,
  attrs: A,
): readonly (keyof I & string)[] {
  const saved = gradient?.saved ?? inputs;
  return typeof saved === 'function' ? saved(attrs) : saved;
}

/** A model may be built on one backend and used on another. Most backends fetch such data by themselves, not all. */
function moveToActiveBackend(tensors: tf.Tensor[]): void {
  const engine = tf.engine();
  for (const {dataId} of tensors) {
    const home = engine.state.tensorInfo.get(dataId)?.backend;
    if (home && home !== engine.backend) engine.moveData(engine.backend, dataId);
  }
}

/** The outputs of a kernel that has several. */
export function runKernelOutputs<I extends Tensors, A extends Attributes>(
  definition: KernelDefinition<I, A>,
  inputs: I,
  attrs: A,
): tf.Tensor[] {
  return runKernel(definition, inputs, attrs) as unknown as tf.Tensor[];
}

/**
 * A result that derivatives take for a constant, for conditions: tfjs has no derivative of comparisons, and throws when
 * it meets one on its way. To the tape this is a kernel without inputs, or of inputs on which it does not depend.
 */
export function constant(compute: () => tf.Tensor, ...inputs: tf.Tensor[]): tf.Tensor {
  return tf.customGrad(() => ({value: compute(), gradFunc: () => inputs.map((t) => tf.zerosLike(t))}))(...inputs);
}

/**
 * Gives a backend its own kernels, by name. May come before or after first use, any number of times. `describe` is asked
 * when somebody wants to know what runs them: see `backendReport`.
 */
export function installKernels(
  backendName: string,
  kernels: {[name: string]: KernelFunction},
  describe?: Describe,
): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    const registration: Registration = {kernelName, backendName, kernelFunc, describe};
    tf.registerKernel(registration);
  }
}

/** A backend's own kernel; undefined where the forward pass of the definition serves, or will. */
export function nativeKernel(kernelName: string, backendName: string): {describe?: Describe} | undefined {
  const registration: Registration | undefined = tf.getKernel(kernelName, backendName);
  return registration?.portable ? undefined : registration;
}

/** Whether the active backend has a kernel of its own, for an op that has the choice between one call and several. */
export const isNativeHere = (kernelName: string): boolean => nativeKernel(kernelName, tf.getBackend()) !== undefined;

function portableKernel<I extends Tensors, A extends Attributes, K extends Tensors>(
  definition: KernelDefinition<I, A, K>,
): KernelFunction {
  return ({inputs, attrs}) =>
    tf.tidy(() => {
      const outputs = definition.forward(inputs as unknown as I, attrs as unknown as A);
      // An output that is an input would take the input with it when it is disposed.
      const own = (y: tf.Tensor) => (Object.values(inputs).includes(y) ? tf.clone(y) : y);
      return Array.isArray(outputs) ? outputs.map(own) : own(outputs);
    });
}

function registerGradient<I extends Tensors, A extends Attributes, K extends Tensors>(
  definition: KernelDefinition<I, A, K>,
): void {
  const {name, gradient} = definition;
  const registration: GradientRegistration = {
    kernelName: name,
    forward: portableKernel(definition),
    ownCall: false,
    /** For calls by the name of the kernel. */
    get inputsToSave() {
      return this.ownCall ? [] : [...definition.inputs];
    },
    /** A mark of such calls, where the inputs could be taken for what our own call has kept. */
    get outputsToSave() {
      return this.ownCall || !gradient?.kept ? [] : [true];
    },
    gradFunc: (dy, tensors, attrs) => {
      const wanted = wantedInputs;
      const isWanted = (input: string) => !wanted || input in wanted;
      const all = tensors.length === definition.inputs.length + (gradient?.kept ? 1 : 0);
      const saved = all
        ? definition.inputs
        : [...savedInputs(definition, attrs as unknown as A), ...(gradient?.kept ?? [])];
      const byName = Object.fromEntries(saved.map((input, i) => [input, tensors[i]])) as I & K;
      const isOwn = !(all && gradient?.kept);
      if (gradient && isOwn) return gradient.run(dy as tf.Tensor, byName, attrs as unknown as A, isWanted);
      return derivedGradient(definition, Array.isArray(dy) ? dy : [dy], byName, attrs as unknown as A);
    },
  };
  tf.registerGradient(registration);
}

/** The vector-Jacobian product of `forward`, by tfjs's own gradients of the ops in it. */
function derivedGradient<I extends Tensors, A extends Attributes, K extends Tensors>(
  {inputs, forward}: KernelDefinition<I, A, K>,
  dys: tf.Tensor[],
  values: I,
  attrs: A,
): Gradients {
  const given = inputs.filter((input) => values[input]);
  const xs = given.map((input) => values[input] as tf.Tensor);
  const total = () => {
    const outputs = [forward(values, attrs)].flat();
    return tf.addN(outputs.map((y, i) => tf.sum(tf.mul(y, dys[i]))));
  };
  const engine = tf.engine();
  // This runs in the backward pass of an outer gradient, which has left its depth: at depth 0 the inner one would drop
  // the tape of the outer.
  engine.state.gradientDepth++;
  try {
    const {grads} = engine.gradients(total, xs, undefined, true);
    // An input that no output depends on differentiably has no entry.
    return Object.fromEntries(given.map((input, i) => [input, () => grads[i] ?? tf.zerosLike(xs[i])]));
  } finally {
    engine.state.gradientDepth--;
  }
}
