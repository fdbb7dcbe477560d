import {hadamardMatrix} from '../../math/hadamard_matrix';
import {plainName, UniqueNames} from '../unique_names';
import type {Attributes, Binary, Constant, Graph, Kind, Operation, Size, Unary, Value} from './operations';
import {broadcast, pooled, replaced, reshaped} from './shapes';

/** Collects the operations of a graph. Every method gives the value that its operation writes. */
export class GraphBuilder {
  private readonly inputs: Value[] = [];
  /** In groups that may be equal. */
  private readonly constants = new Map<string, Constant[]>();
  private readonly operations: Operation<Kind>[] = [];
  private readonly wishes = new Map<Value, string>();
  /** A name that nothing has yet. */
  private readonly uniqueName: (wish: string) => string;

  /** A graph of its own, or more of one whose names are given. */
  constructor(uniqueName?: (wish: string) => string) {
    const names = new UniqueNames();
    this.uniqueName = uniqueName ?? ((wish) => names.unique(plainName(wish)));
  }

  input(name: string, shape: readonly Size[]): Value {
    const value: Value = {name: this.uniqueName(name), shape, dtype: 'float32'};
    this.inputs.push(value);
    return value;
  }

  /** One that is there already is not made again, whatever its name. */
  constant(
    name: string,
    data: Float32Array | Int32Array,
    shape: readonly number[],
    {drawn, own}: Pick<Constant, 'drawn' | 'own'> = {},
  ): Constant {
    const dtype = data instanceof Int32Array ? 'int32' : 'float32';
    const key = `${dtype} [${shape}] ${data[0]} ${data[data.length - 1]}`;
    const alike = this.constants.get(key) ?? [];
    const known = alike.find((other) => data.every((value, i) => Object.is(value, other.data[i])));
    if (known) return known;
    const constant: Constant = {name: this.uniqueName(name), shape, dtype, data, drawn, own};
    this.constants.set(key, [...alike, constant]);
    return constant;
  }

  scalar(value: number): Constant {
    return this.constant(`scalar_${value}`, Float32Array.of(value), []);
  }

  /** The Hadamard matrix of an order, its entries +-1. */
  hadamard(order: number): Constant {
    return this.constant(`hadamard_${order}`, hadamardMatrix(order), [order, order]);
  }

  unary(kind: Unary, x: Value): Value {
    return this.emit(kind, [x], x.shape, {});
  }

  binary(kind: Binary, a: Value, b: Value): Value {
    return this.emit(kind, [a, b], broadcast(a.shape, b.shape), {}, kind === 'less' ? 'bool' : 'float32');
  }

  /** a where the condition is true, else b. */
  select(condition: Value, a: Value, b: Value): Value {
    return this.emit('select', [condition, a, b], broadcast(condition.shape, broadcast(a.shape, b.shape)), {});
  }

  matMul(a: Value, b: Value): Value {
    const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return this.emit('matMul', [a, b], [...batch, a.shape.at(-2)!, b.shape.at(-1)!], {});
  }

  /** H x along the last axis, which is a power of two long, without normalization. */
  walshHadamard(x: Value): Value {
    return this.emit('walshHadamard', [x], x.shape, {});
  }

  /** To a shape with at most one size that is not known. */
  reshape(x: Value, shape: readonly Size[]): Value {
    if (String(shape) === String(x.shape)) return x;
    return this.emit('reshape', [x], reshaped(x.shape, shape), {shape: shape.map((size) => size ?? -1)});
  }

  transpose(x: Value, perm: readonly number[]): Value {
    return this.emit(
      'transpose',
      [x],
      perm.map((axis) => x.shape[axis]),
      {perm},
    );
  }

  concat(parts: readonly Value[], axis: number): Value {
    const sizes = parts.map(({shape}) => shape[axis]);
    const size = sizes.includes(null) ? null : (sizes as number[]).reduce((sum, part) => sum + part);
    return this.emit('concat', parts, replaced(parts[0].shape, axis, size), {axis});
  }

  /** `size` elements of an axis from `start` on. */
  slice(x: Value, axis: number, start: number, size: number): Value {
    const along = (own: number, other: number) => x.shape.map((_, i) => (i === axis ? own : other));
    return this.emit('slice', [x], replaced(x.shape, axis, size), {starts: along(start, 0), sizes: along(size, -1)});
  }

  gather(x: Value, axis: number, indices: Constant): Value {
    return this.emit('gather', [x, indices], replaced(x.shape, axis, indices.shape[0]), {axis});
  }

  /** An axis repeated. */
  tile(x: Value, axis: number, times: number): Value {
    const size = x.shape[axis];
    const attributes = {times: x.shape.map((_, i) => (i === axis ? times : 1))};
    return this.emit('tile', [x], replaced(x.shape, axis, size === null ? null : size * times), attributes);
  }

  /** Zeros before and after the elements of each axis. */
  pad(x: Value, padding: readonly (readonly [before: number, after: number])[]): Value {
    const shape = x.shape.map((size, i) => (size === null ? null : size + padding[i][0] + padding[i][1]));
    return this.emit('pad', [x], shape, {before: padding.map(([n]) => n), after: padding.map(([, n]) => n)});
  }

  reduce(kind: 'mean' | 'max', x: Value, axes: readonly number[], {keepDims}: {keepDims: boolean}): Value {
    return this.emit(kind, [x], pooled(x.shape, axes, keepDims), {axes, keepDims});
  }

  /** An operation whose shape its caller knows. */
  emit<K extends Kind>(
    kind: K,
    inputs: readonly Value[],
    shape: readonly Size[],
    attributes: Attributes[K],
    dtype: Value['dtype'] = 'float32',
  ): Value {
    const output: Value = {name: '', shape, dtype};
    this.add({kind, inputs, output, attributes} as unknown as Operation<Kind>);
    return output;
  }

  /** An operation that writes a value of its own. */
  add(operation: Operation<Kind>): void {
    this.operations.push(operation);
  }

  /** Wishes a name for a value. The first wish counts: what a layer hands on as it is has the name of the one before. */
  name(value: Value, wish: string): void {
    if (!this.wishes.has(value)) this.wishes.set(value, wish);
  }

  /** The graph whose outputs are these values, with names for all that have none. */
  finish(outputs: readonly {value: Value; name: string}[]): Graph {
    const own = new Set<Value>(this.operations.map(({output}) => output));
    const results = outputs.map(({value, name}) => {
      const result = own.delete(value) ? value : this.unary('identity', value);
      result.name = this.uniqueName(name);
      return result;
    });
    for (const [i, {output}] of this.operations.entries()) {
      if (output.name === '') output.name = this.uniqueName(this.wishes.get(output) ?? `v${i + 1}`);
    }
    const used = new Set(this.operations.flatMap(({inputs}) => inputs));
    return {
      inputs: this.inputs,
      outputs: results,
      constants: [...this.constants.values()].flat().filter((constant) => used.has(constant)),
      operations: this.operations as unknown as Graph['operations'],
      uniqueName: this.uniqueName,
    };
  }
}
