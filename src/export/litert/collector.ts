import type {Constant, Size, Value} from '../lower/operations';
import {int32, type Operator, type Options, type Step, type Tensor} from './schema';
import type {Weight} from './weights';

type Store = (weight: Weight) => Pick<Tensor, 'type' | 'data' | 'scales' | 'axis'>;

/** The tensors and operations of a model, as they come. Tensors are known by their numbers. */
export class Collector {
  readonly tensors: Tensor[] = [];
  readonly steps: Step[] = [];
  private readonly known = new Map<Value, number>();
  private readonly named = new Set<string>();
  private readonly lists = new Map<string, number>();

  constructor(
    private readonly uniqueName: (wish: string) => string,
    private readonly store: Store,
    private readonly exact: ReadonlySet<Value>,
  ) {}

  /** The number of a value; a constant is stored when it is first read. */
  of(value: Value): number {
    const number = this.known.get(value);
    if (number !== undefined) return number;
    const added = 'data' in value ? this.constant(value as Constant) : this.tensor({...value, type: value.dtype});
    this.known.set(value, added);
    return added;
  }

  /** Adds an operation that writes a value of the graph. */
  write(value: Value, operator: Operator, inputs: readonly number[], options: Options = []): void {
    this.steps.push({operator, inputs, output: this.of(value), options});
  }

  /** Adds an operation that writes a value of its own. */
  add(
    operator: Operator,
    inputs: readonly number[],
    shape: readonly Size[],
    options: Options = [],
    type: Tensor['type'] = 'float32',
  ): number {
    const output = this.tensor({name: this.uniqueName(`t${this.tensors.length}`), shape, type});
    this.steps.push({operator, inputs, output, options});
    return output;
  }

  integers(values: readonly number[], shape: readonly number[] = [values.length]): number {
    return this.list(`integers_${values.join('_')}`, shape, 'int32', Int32Array.from(values));
  }

  /** A tensor without axes, which is broadcast to any other. */
  number(value: number): number {
    return this.list(`number_${value}`, [], 'float32', Float32Array.of(value));
  }

  zeros(length: number): number {
    return this.list(`zeros_${length}`, [length], 'float32', new Float32Array(length));
  }

  /**
   * The inputs and options of STRIDED_SLICE; sizes below 0 are all the rest, which a bit for each axis says. The last operation of
   * a model may not be SLICE with such sizes: LiteRT.js 2.5 then gives whatever was in memory.
   */
  slice(starts: readonly number[], sizes: readonly number[]): {inputs: number[]; options: Options} {
    const ends = sizes.map((size, i) => (size < 0 ? 0 : starts[i] + size));
    const rest = sizes.reduce((bits, size, i) => (size < 0 ? bits | (1 << i) : bits), 0);
    const inputs = [starts, ends, sizes.map(() => 1)].map((values) => this.integers(values));
    return {inputs, options: [int32(0), int32(rest)]};
  }

  /** A weight in the order that a kernel wants; made once for each of them. */
  weight(constant: Constant, kind: string, turn: () => Pick<Weight, 'shape' | 'data' | 'axis' | 'mayBeInt8'>): number {
    const key = `${kind} ${constant.name}`;
    if (!this.lists.has(key)) {
      this.lists.set(key, this.floats({name: this.nameOf(constant), exact: this.exact.has(constant), ...turn()}));
    }
    return this.lists.get(key)!;
  }

  /** Its own for the first tensor that it becomes. */
  private nameOf({name}: Constant): string {
    if (this.named.has(name)) return this.uniqueName(name);
    this.named.add(name);
    return name;
  }

  private constant(constant: Constant): number {
    const {shape, data} = constant;
    const name = this.nameOf(constant);
    if (data instanceof Float32Array) return this.floats({name, shape, data, exact: this.exact.has(constant)});
    return this.tensor({
      name,
      shape,
      type: 'int32',
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
  }

  /**
   * What is not stored as float32 becomes it when a program starts, but for kernels with a scale for each output: products of bytes
   * are up to three times as fast, and each sample is rounded to 8 bits on the way. One scale for all is that of signs, too, which are exact.
   */
  private floats(weight: Weight): number {
    const {name, shape, mayBeInt8} = weight;
    const stored = this.store(weight);
    const isRead = stored.type === 'float32' || (mayBeInt8 && stored.type === 'int8' && stored.scales!.length > 1);
    if (isRead) return this.tensor({name, shape, ...stored});
    return this.add('DEQUANTIZE', [this.tensor({name, shape, ...stored})], shape);
  }

  private list(key: string, shape: readonly number[], type: 'int32' | 'float32', data: Int32Array | Float32Array) {
    const whole = `${key} [${shape}]`;
    if (!this.lists.has(whole)) {
      this.lists.set(whole, this.tensor({name: this.uniqueName(key), shape, type, data: new Uint8Array(data.buffer)}));
    }
    return this.lists.get(whole)!;
  }

  private tensor(tensor: Tensor): number {
    return this.tensors.push(tensor) - 1;
  }
}
