interface Port {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
}

export interface Module {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  predict(input: unknown): Float32Array | {[name: string]: Float32Array};
}

/** What a module of CommonJS exports. */
export function load(source: string): Module {
  const module = {exports: {} as Module};
  new Function('module', source)(module);
  return module.exports;
}

export function run({inputs, outputs, predict}: Module, given: readonly Float32Array[]): Float32Array[] {
  const y = predict(inputs.length === 1 ? given[0] : Object.fromEntries(inputs.map(({name}, i) => [name, given[i]])));
  return outputs.length === 1
    ? [y as Float32Array]
    : outputs.map(({name}) => (y as {[name: string]: Float32Array})[name]);
}
