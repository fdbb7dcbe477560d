import type {Constant} from '../lower/operations';
import {packedSigns} from '../lower/packed_signs';
import {type AttributeValue, type Node, type Tensor, TYPES} from './messages';

/** The nodes and initializers of an ONNX graph, as they come. */
export class Collector {
  readonly nodes: Node[] = [];
  readonly tensors: Tensor[] = [];
  private readonly lists = new Map<string, string>();

  constructor(private readonly uniqueName: (wish: string) => string) {}

  /** Adds a node; the name of its output, a new one if none is given. */
  add(
    op: string,
    inputs: readonly string[],
    attributes: {[name: string]: AttributeValue} = {},
    output?: string,
  ): string {
    const name = output ?? this.uniqueName(`t${this.nodes.length}`);
    this.nodes.push({op, inputs, output: name, attributes});
    return name;
  }

  /** Plus and minus one number are stored as their signs, a byte each; what unpacks them runs when a session starts. */
  constant({name, shape, data}: Constant): void {
    const packed = packedSigns(data);
    if (!packed) {
      this.tensors.push({name, shape, data});
      return;
    }
    const bytes = this.uniqueName(`s${this.tensors.length}`);
    this.tensors.push({name: bytes, shape, data: packed.signs});
    if (packed.scale === 1) this.add('Cast', [bytes], {to: TYPES.float32}, name);
    else this.add('Mul', [this.add('Cast', [bytes], {to: TYPES.float32}), this.numbers([packed.scale])], {}, name);
  }

  /** The name of an initializer of integers, which ONNX has where others have attributes; equal ones are there once. */
  integers(values: readonly number[]): string {
    return this.list(`integers_${values.join('_')}`, BigInt64Array.from(values, BigInt));
  }

  numbers(values: readonly number[]): string {
    return this.list(`numbers_${values.join('_')}`, Float32Array.from(values));
  }

  private list(wish: string, data: Float32Array | BigInt64Array): string {
    const known = this.lists.get(wish);
    if (known) return known;
    const name = this.uniqueName(wish);
    this.tensors.push({name, shape: [data.length], data});
    this.lists.set(wish, name);
    return name;
  }
}
