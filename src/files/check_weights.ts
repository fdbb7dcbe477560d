/** Whether the layers of a `model.json` need about as many numbers as its weight files have. */

import {NUMBERS, type Options, OUTPUTS, type Shape} from './layer_sizes';

/** 256 MB: what layers may draw from their seeds, and what a model without weights may have. */
const SPARE = 2 ** 26;

interface Layer {
  readonly className: string;
  readonly options: Options;
  /** Names of the layers before it. */
  readonly before: readonly string[];
}

/** What the layers would take beyond the weights of the file, in words; null if they do not. */
export function missingWeights(topology: unknown, manifest: unknown): string | null {
  const given = elementsOf(manifest);
  const {total, most, name} = numbersNeeded(topology);
  if (total <= given + SPARE) return null;
  return (
    `its layers need at least ${total} numbers, of which "${name.slice(0, 60)}" needs ${most}, and the weightsManifest ` +
    `has ${given}`
  );
}

/** How many numbers the layers of a topology keep at least, and the one that keeps most. */
export function numbersNeeded(topology: unknown): {total: number; most: number; name: string} {
  return new Count().model(asObject(topology).modelConfig ?? topology);
}

function elementsOf(manifest: unknown): number {
  const entries = (Array.isArray(manifest) ? manifest : []).flatMap((group) => asObject(group).weights ?? []);
  return entries.reduce<number>((sum, entry) => sum + elements(asObject(entry).shape), 0);
}

function elements(shape: unknown): number {
  return Array.isArray(shape) ? shape.reduce((all: number, size) => all * (Number(size) || 0), 1) : 0;
}

class Count {
  private total = 0;
  private most = 0;
  private name = '';

  model(value: unknown): {total: number; most: number; name: string} {
    this.layers(asObject(value));
    const {total, most, name} = this;
    return {total, most, name};
  }

  /** All layers of a model, and the shape that the last one gives. */
  private layers({config}: Options): Shape {
    const list = Array.isArray(config) ? config : asObject(config).layers;
    const layers = new Map<string, Layer>();
    let previous: string[] = [];
    for (const [i, each] of (Array.isArray(list) ? list : []).entries()) {
      const {className, config: own, name, inboundNodes} = asObject(each);
      const options = Array.isArray(own) ? {layers: own} : asObject(own);
      // Of two with one name tfjs takes the first; here both count.
      const key = [name, options.name].find((id) => typeof id === 'string' && !layers.has(id)) ?? `layer ${i}`;
      const before = Array.isArray(inboundNodes) ? inbound(inboundNodes[0]) : previous;
      layers.set(String(key), {className: String(className), options, before});
      previous = [String(key)];
    }
    const outputs = new Map<string, Shape>();
    const outputOf = (name: string): Shape => {
      const known = outputs.get(name);
      const layer = layers.get(name);
      if (known !== undefined || layer === undefined) return known ?? null;
      outputs.set(name, null); // a circle ends here
      const output = this.layer(name, layer, layer.before.map(outputOf));
      outputs.set(name, output);
      return output;
    };
    for (const name of layers.keys()) outputOf(name);
    return previous.length > 0 && Array.isArray(list) && asObject(list.at(-1)).inboundNodes === undefined
      ? outputOf(previous[0])
      : null;
  }

  private layer(name: string, {className, options}: Layer, inputs: readonly Shape[]): Shape {
    const input = inputs.length === 0 ? startOf(options) : inputs[0];
    const inner = asObject(options.layer);
    if (Array.isArray(options.layers)) return this.layers({config: options});
    if (className === 'Concatenate') return joined(options, inputs);
    this.add(name, NUMBERS.get(className)?.(options, input) ?? 0);
    for (const nested of [options.layer, options.cell, options.cells].flat()) {
      const {className: cell, config} = asObject(nested);
      this.add(name, NUMBERS.get(String(cell))?.(asObject(config), input) ?? 0);
    }
    if (className === 'TimeDistributed')
      return OUTPUTS.get(String(inner.className))?.(asObject(inner.config), input) ?? null;
    return className === 'InputLayer' ? startOf(options) : (OUTPUTS.get(className)?.(options, input) ?? null);
  }

  private add(name: string, count: number): void {
    this.total += count;
    if (count > this.most) [this.most, this.name] = [count, name];
  }
}

function inbound(node: unknown): string[] {
  return Array.isArray(node) ? node.map((link) => String(Array.isArray(link) ? link[0] : link)) : [];
}

/** Of the first layer; sizes that are left open count as one. */
function startOf({batchInputShape, batchShape, inputShape}: Options): Shape {
  const batch = batchInputShape ?? batchShape;
  const shape = Array.isArray(batch) ? batch.slice(1) : inputShape;
  return Array.isArray(shape) ? shape.map((size) => (Number.isInteger(size) && size > 0 ? size : 1)) : null;
}

function joined({axis}: Options, inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  if (!first || ![undefined, -1, first.length].includes(axis as number)) return null;
  return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + (shape?.at(-1) ?? 0), 0)];
}

/** With the names of TypeScript instead of Python's; nothing in it if it is not an object. */
function asObject(value: unknown): Options {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), inner]),
  );
}
