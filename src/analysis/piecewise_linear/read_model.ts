import type * as tf from '@tensorflow/tfjs';
import {run} from './affine';
import {sizeOf} from './layer_call';
import {type OutputName, readLayerGraph} from './layer_graph';
import {stepsOf} from './layers';
import {outputsOf, type Step} from './steps';

/** A step in a network: it reads values, concatenated, and writes one. Value 0 is the input of the network. */
export interface Node {
  readonly layer: string;
  /** What the layer writes, without the batch axis; none where the node belongs to no layer. */
  readonly shape?: readonly number[];
  readonly step: Step;
  readonly reads: readonly number[];
  readonly writes: number;
}

/** A model as a piecewise-linear map in doubles. */
export interface PiecewiseLinear {
  readonly inputShapes: readonly (readonly number[])[];
  /** Numbers of all inputs together: value 0. */
  readonly inputs: number;
  /** In an order in which each value is written before it is read. */
  readonly nodes: readonly Node[];
  /** The number of the value that the network gives. */
  readonly output: number;
  /** What was left out. */
  readonly notes: readonly string[];
}

/** Whether each node reads what the one before wrote. */
export const isChain = (nodes: readonly Node[]): boolean =>
  nodes.every(({reads}, i) => reads.length === 1 && reads[0] === i);

/**
 * Reads a model; throws if it is not piecewise linear, naming the layer. Several outputs become one, unless one is named. With
 * `smooth`, functions that are bent everywhere come as fine broken lines.
 */
export async function readPiecewiseLinear(
  model: tf.LayersModel,
  who: string,
  output?: OutputName,
  smooth = false,
): Promise<PiecewiseLinear> {
  const graph = await readLayerGraph(model, who, output);
  const nodes: Node[] = [];
  const add = (layer: string, step: Step, reads: readonly number[], shape?: readonly number[]): number => {
    const writes = nodes.length + 1;
    nodes.push({layer, shape, step, reads, writes});
    return writes;
  };
  const sizes = graph.inputShapes.map(sizeOf);
  const inputs = sizes.reduce((sum, size) => sum + size, 0);
  const values = new Map([[0, 0]]); // of the graph, as values of the nodes
  if (sizes.length > 1) {
    let start = 0;
    for (const [i, size] of sizes.entries()) {
      values.set(i, add(`input ${i}`, run(start, size, inputs), [0]));
      start += size;
    }
  }
  for (const call of graph.calls) {
    let reads = call.reads.map((read) => values.get(read)!);
    for (const step of stepsOf(smooth ? {...call, smooth} : call))
      reads = [add(call.name, step, reads, call.outputShape)];
    values.set(call.writes, reads[0]);
  }
  const outputs = graph.outputs.map((value) => values.get(value)!);
  const whole = outputs.reduce((sum, value) => sum + (value === 0 ? inputs : outputsOf(nodes[value - 1].step)), 0);
  const last = outputs.length === 1 ? outputs[0] : add('outputs', run(0, whole, whole), outputs);
  return {inputShapes: graph.inputShapes, inputs, nodes, output: last, notes: graph.notes};
}
