import type {Graph, Kind, Operation, Value} from '../lower/operations';
import {isConstant} from './steps';

const SUMS: {readonly [kind in Kind]?: true} = {conv: true, depthwiseConv2d: true, matMul: true};

/** The same graph, where sums of products that get a bias begin with it: it is then their third input. */
export function withBiases(graph: Graph): Graph {
  const operations: readonly Operation<Kind>[] = graph.operations;
  const producers = new Map<Value, Operation<Kind>>(operations.map((operation) => [operation.output, operation]));
  const all = operations.flatMap(({inputs}) => inputs);
  const isReadOnce = (value: Value) => !graph.outputs.includes(value) && all.indexOf(value) === all.lastIndexOf(value);
  const joined = new Map<Operation<Kind>, Operation<Kind>>();
  const gone = new Set<Operation<Kind>>();
  for (const operation of operations) {
    const [sums, bias] = operation.inputs;
    const producer = producers.get(sums);
    if (operation.kind !== 'add' || !producer || !(producer.kind in SUMS) || !isReadOnce(sums)) continue;
    const isBias = isConstant(bias) && bias.shape.length === 1 && bias.shape[0] === sums.shape.at(-1);
    if (!isBias || producer.inputs.length > 2) continue;
    joined.set(operation, {...producer, inputs: [...producer.inputs, bias], output: operation.output});
    gone.add(producer);
  }
  const kept = operations.filter((operation) => !gone.has(operation)).map((one) => joined.get(one) ?? one);
  return {...graph, operations: kept as unknown as Graph['operations']};
}
