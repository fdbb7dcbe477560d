import {oneLayerInside, twoLayersInside} from '../../../tfjs_internals';
import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse, weight, withBias} from '../layer_call';
import type {Value} from '../operations';
import {activated} from './activation';

/** The steps of time as if they were samples. */
export const timeDistributed: Lowering = async (call, graph) => {
  const [x] = call.inputs;
  const [steps, ...sizes] = knownSizes(call, x.shape);
  const y = await call.lower(oneLayerInside(call.layer), graph.reshape(x, [null, ...sizes]));
  return graph.reshape(y, [null, steps, ...knownSizes(call, y.shape)]);
};

/** One step after the other, each as operations of its own. */
export const simpleRNN: Lowering = (call, graph) => {
  requireOneOutput(call);
  const {goBackwards, returnSequences, stateful} = call.config;
  if (stateful) refuse(call, 'stateful must be false', 'true', 'A graph keeps no states: give it the whole sequence.');
  if (call.inputs.length > 1) {
    const received = `${call.inputs.length} inputs`;
    refuse(call, 'the state must start at zero', received, 'Add what the states bring to the first step of the input.');
  }
  const [x] = call.inputs;
  const [steps] = knownSizes(call, x.shape);
  const driven = withBias(call, graph.matMul(x, weight(call, 'kernel', graph)), graph);
  const units = driven.shape[2];
  const times = Array.from({length: steps}, (_, i) => (goBackwards ? steps - 1 - i : i));
  const states: Value[] = [];
  for (const time of times) {
    const input = graph.reshape(graph.slice(driven, 1, time, 1), [null, units]);
    const before = states.at(-1);
    const carried = before && graph.matMul(before, weight(call, 'recurrent_kernel', graph));
    states.push(activated(call, carried ? graph.binary('add', input, carried) : input, graph));
  }
  if (!returnSequences) return states.at(-1)!;
  return graph.concat(
    states.map((state) => graph.reshape(state, [null, 1, units])),
    1,
  );
};

const MERGES = {
  concat: (graph: GraphBuilder, a: Value, b: Value) => graph.concat([a, b], a.shape.length - 1),
  sum: (graph: GraphBuilder, a: Value, b: Value) => graph.binary('add', a, b),
  ave: (graph: GraphBuilder, a: Value, b: Value) => graph.binary('mul', graph.binary('add', a, b), graph.scalar(0.5)),
  mul: (graph: GraphBuilder, a: Value, b: Value) => graph.binary('mul', a, b),
};

export const bidirectional: Lowering = async (call, graph) => {
  requireOneOutput(call);
  const [x] = call.inputs;
  const {forward, backward} = twoLayersInside(call.layer);
  const ahead = await call.lower(forward, x);
  const last = await call.lower(backward, x);
  return MERGES[call.config.mergeMode as keyof typeof MERGES](graph, ahead, reversed(call, last, graph));
};

/** A sequence from its end to its start. */
function reversed({name}: LayerCall, y: Value, graph: GraphBuilder): Value {
  if (y.shape.length < 3) return y;
  const steps = y.shape[1]!;
  const indices = Int32Array.from({length: steps}, (_, i) => steps - 1 - i);
  return graph.gather(y, 1, graph.constant(`${name}/backwards`, indices, [steps]));
}

function requireOneOutput(call: LayerCall): void {
  const {returnState, mergeMode} = call.config;
  if (returnState) refuse(call, 'returnState must be false', 'true', 'The last output is the state of a simple RNN.');
  if (mergeMode === null) {
    refuse(
      call,
      "mergeMode must be 'concat', 'sum', 'ave' or 'mul'",
      'null',
      "Use 'concat', and slice the parts after it.",
    );
  }
}
