import type * as tf from '@tensorflow/tfjs';
import {sizeOf} from './layer_call';
import {readLayerGraph} from './layer_graph';
import {stepsOf} from './layers';
import type {Step} from './steps';

/** A step in a network: it reads values, concatenated, and writes one. Value 0 is the input of the network. */
export interface Node {
  readonly layer: string;
  readonly step: Step;
  readonly reads: readonly number[];
  readonly writes: number;
}

/** A model as a piecewise-linear map in doubles. */
export interface PiecewiseLinear {
  readonly inputShape: readonly number[];
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

/** Reads a model; throws if it is not piecewise linear, naming the layer. */
export async function readPiecewiseLinear(model: tf.LayersModel, who: string): Promise<PiecewiseLinear> {
  const graph = await readLayerGraph(model, who);
  const nodes: Node[] = [];
  const values = new Map([[0, 0]]); // of the graph, as values of the nodes
  for (const call of graph.calls) {
    let reads = call.reads.map((read) => values.get(read)!);
    for (const step of stepsOf(call)) {
      const writes = nodes.length + 1;
      nodes.push({layer: call.name, step, reads, writes});
      reads = [writes];
    }
    values.set(call.writes, reads[0]);
  }
  const output = values.get(graph.output)!;
  return {inputShape: graph.inputShape, inputs: sizeOf(graph.inputShape), nodes, output, notes: graph.notes};
}
