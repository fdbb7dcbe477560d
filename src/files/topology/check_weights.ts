/** Whether the layers of a `model.json` need about as many numbers as its weight files have. */

import {HELD, WEIGHTS} from './layer_numbers';
import {type Options, OUTPUTS, type Shape} from './layer_shapes';
import {asObject, type Call, readLayers} from './read_layers';

/** 256 MB: what layers may draw from their seeds, and what a model without weights may have. */
const SPARE = 2 ** 26;

export interface Needed {
  /** Layers whose weights must all be in the file. */
  readonly weights: number;
  readonly total: number;
  /** What the layer that needs most needs, and its name. */
  readonly most: number;
  readonly name: string;
}

/** What the layers would take beyond the weights of the file, in words; null if they do not. */
export function missingWeights(topology: unknown, manifest: unknown): string | null {
  const given = elementsOf(manifest);
  const {weights, total, most, name} = numbersNeeded(topology);
  if (total <= given + SPARE && (weights <= given || manifest === undefined)) return null;
  return (
    `its layers need at least ${total} numbers, of which "${name.slice(0, 60)}" needs ${most}, and the weightsManifest ` +
    `has ${given}`
  );
}

/** How many numbers the layers of a topology keep at least, and the one that keeps most. */
export function numbersNeeded(topology: unknown): Needed {
  const count = new Count();
  count.model(asObject(asObject(topology).modelConfig ?? topology));
  return count;
}

function elementsOf(manifest: unknown): number {
  const entries = (Array.isArray(manifest) ? manifest : []).flatMap((group) => asObject(group).weights ?? []);
  return entries.reduce<number>((sum, entry) => sum + elements(asObject(entry).shape), 0);
}

function elements(shape: unknown): number {
  return Array.isArray(shape) ? shape.reduce((all: number, size) => all * (Number(size) || 0), 1) : 0;
}

class Count implements Needed {
  weights = 0;
  total = 0;
  most = 0;
  name = '';
  /** What models inside give, by their options. */
  private readonly models = new Map<Options, Shape[]>();

  /** All layers of a model; the shapes that it gives. */
  model({config}: Options): Shape[] {
    const {calls, outputs} = readLayers(config);
    const known = new Map<string, Shape[]>();
    const counted = new Set<string>();
    for (const start of calls.keys()) {
      // Not recursive: a file may have more layers in a row than the stack has room for.
      const waiting = [start];
      const met = new Set<string>();
      while (waiting.length > 0) {
        const key = waiting.at(-1)!;
        const call = calls.get(key)!;
        const next = call.before.find(({call: other}) => calls.has(other) && !known.has(other) && !met.has(other));
        if (next !== undefined && !known.has(key)) {
          met.add(key); // a circle ends here
          waiting.push(next.call);
          continue;
        }
        waiting.pop();
        if (known.has(key)) continue;
        const inputs = call.before.map(({call: other, output}) => known.get(other)?.[output] ?? null);
        known.set(key, this.call(call, inputs, !counted.has(call.name)));
        counted.add(call.name);
      }
    }
    return outputs.map(({call, output}) => known.get(call)?.[output] ?? null);
  }

  private call({name, className, options}: Call, inputs: readonly Shape[], isFirst: boolean): Shape[] {
    if (className === 'InputLayer') return [startOf(options)];
    const given = inputs.length === 0 ? [startOf(options)] : inputs;
    if (Array.isArray(options.layers)) {
      const outputs = this.models.get(options) ?? this.model({config: options});
      this.models.set(options, outputs);
      return outputs;
    }
    if (isFirst) this.count(name, className, options, given);
    return [outputOf(className, options, given)];
  }

  private count(name: string, className: string, options: Options, inputs: readonly Shape[]): void {
    this.add(name, WEIGHTS.get(className)?.(options, inputs) ?? 0, true);
    this.add(name, HELD.get(className)?.(options, inputs) ?? 0, false);
    const times = className === 'Bidirectional' ? 2 : 1;
    const given = className === 'TimeDistributed' ? inputs.map((shape) => shape?.slice(1) ?? null) : inputs;
    for (const nested of [options.layer, options.cell, options.cells].flat()) {
      if (nested === undefined || nested === null) continue;
      const {className: inner, config} = asObject(nested);
      const own = asObject(config);
      if (Array.isArray(config) || Array.isArray(own.layers)) this.model({config});
      else for (let i = 0; i < times; i++) this.count(name, String(inner), own, given);
    }
  }

  private add(name: string, count: number, isWeights: boolean): void {
    this.total += count;
    if (isWeights) this.weights += count;
    if (count > this.most) [this.most, this.name] = [count, name];
  }
}

function outputOf(className: string, options: Options, inputs: readonly Shape[]): Shape {
  const {className: inner, config} = asObject(options.layer);
  const [input] = inputs;
  if (className === 'TimeDistributed') {
    const y = outputOf(String(inner), asObject(config), [input?.slice(1) ?? null]);
    return y && input && [input[0], ...y];
  }
  if (className === 'Bidirectional') {
    const y = outputOf(String(inner), asObject(config), inputs);
    return y && options.mergeMode === 'concat' ? [...y.slice(0, -1), 2 * y[y.length - 1]] : y;
  }
  if (className === 'RNN') {
    const cells = [asObject(options.cell)].flatMap((cell) => asObject(cell.config).cells ?? [cell]);
    const {units} = asObject(asObject((cells as unknown[]).at(-1)).config);
    return units === undefined ? null : (OUTPUTS.get('LSTM')?.({...options, units}, inputs) ?? null);
  }
  return OUTPUTS.get(className)?.(options, inputs) ?? null;
}

/** The input shape of the first layer; sizes that are left open count as one. */
function startOf({batchInputShape, batchShape, inputShape}: Options): Shape {
  const batch = batchInputShape ?? batchShape;
  const shape = Array.isArray(batch) ? batch.slice(1) : inputShape;
  return Array.isArray(shape) ? shape.map((size) => (Number.isInteger(size) && size > 0 ? size : 1)) : null;
}
