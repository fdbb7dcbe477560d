/** The layers of a model in a `model.json` as calls that read each other, whatever its file really is. */

import type {Options} from './layer_shapes';

/** One output of a call, by the name of its layer and the number of the call. */
export interface Link {
  readonly call: string;
  readonly output: number;
}

/** One use of a layer. */
export interface Call {
  readonly name: string;
  readonly className: string;
  readonly options: Options;
  readonly before: readonly Link[];
}

/** The calls of a Sequential or functional model, by layer and number, and what the model gives. */
export function readLayers(config: unknown): {calls: ReadonlyMap<string, Call>; outputs: readonly Link[]} {
  const own = asObject(config);
  const list = Array.isArray(config) ? config : Array.isArray(own.layers) ? own.layers : [];
  const calls = new Map<string, Call>();
  let previous: Link[] = [];
  for (const [i, each] of list.entries()) {
    const {className, config: inner, name, inboundNodes} = asObject(each);
    const options = Array.isArray(inner) ? {layers: inner} : asObject(inner);
    const isFree = (id: unknown): id is string => typeof id === 'string' && !calls.has(callOf(id, 0));
    // If two have one name, tfjs takes the first; here both count.
    const key = [name, options.name].find(isFree) ?? `layer ${i}`;
    const nodes = Array.isArray(inboundNodes) && inboundNodes.length > 0 ? inboundNodes.map(linksOf) : [];
    const uses = nodes.length > 0 ? nodes : [Array.isArray(inboundNodes) ? [] : previous];
    for (const [number, before] of uses.entries()) {
      calls.set(callOf(key, number), {name: key, className: String(className), options, before});
    }
    // Models inside count their calls from 1: the first is that of their own making.
    if (Array.isArray(options.layers)) alias(calls, key, uses.length);
    previous = [{call: callOf(key, 0), output: 0}];
  }
  const isFunctional = Array.isArray(own.outputLayers) && asObject(list.at(-1)).inboundNodes !== undefined;
  return {calls, outputs: isFunctional ? linksOf(own.outputLayers) : previous};
}

function alias(calls: Map<string, Call>, key: string, count: number): void {
  const last = calls.get(callOf(key, count - 1))!;
  calls.set(callOf(key, count), last);
}

const callOf = (name: string, number: number) => `${name} ${number}`;

/** A list of [name, number of the call, number of the output]; one alone may stand without the list. */
function linksOf(node: unknown): Link[] {
  if (!Array.isArray(node)) return [];
  const links = typeof node[0] === 'string' ? [node] : node;
  return links.map((link) => {
    const [name, call, output] = Array.isArray(link) ? link : [link];
    return {call: callOf(String(name), Number(call) || 0), output: Number(output) || 0};
  });
}

/** With the names of TypeScript instead of Python's; nothing in it if it is not an object. */
export function asObject(value: unknown): Options {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), inner]),
  );
}
