import {type Graph, translate} from '../lower/operations';
import {plainName} from '../lower/plain_name';
import {Collector} from './collector';
import {graphProto, modelProto} from './messages';
import {onnxOperations} from './operations';

/** The bytes of an .onnx file. */
export function writeGraph(graph: Graph, name: string): Uint8Array {
  const collector = new Collector(graph.uniqueName);
  for (const constant of graph.constants) collector.constant(constant);
  const operations = onnxOperations(collector);
  for (const operation of graph.operations) translate(operation, operations);
  return modelProto(graphProto(plainName(name), collector.nodes, collector.tensors, graph));
}
