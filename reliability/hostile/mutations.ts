/** Damage and malice for a saved model: its text, its JSON and its weights. */

/** A saved model. */
export interface Files {
  json: Uint8Array;
  weights: Uint8Array;
}

type Json = null | boolean | number | string | Json[] | {[key: string]: Json};
type Random = () => number;

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)];

/** Values that no honest file has at most of its places. */
const HOSTILE: readonly Json[] = [
  ...[null, true, '', [], {}, -1, 0, 0.5, 1e308, 2 ** 53, 2 ** 31, 2 ** 24, 65_536, 1_000_000_007],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '../../../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
    'http://localhost/x',
    '\u0000',
  ],
  ...[
    [-1],
    [2 ** 30, 2 ** 30],
    [null, null],
    [[[]]],
    {class_name: 'Dense'},
    {className: 'Nope', config: {}},
    'NaN',
    'float64',
    'string',
  ],
];

/** Nested further than any reader should follow. */
function deep(): Json {
  let value: Json = [];
  for (let level = 0; level < 1000; level++) value = [value];
  return value;
}

/** Every object or list in a value, with a key in it. */
function places(value: Json, found: [holder: Json[] | {[key: string]: Json}, key: string][] = []) {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places((value as {[key: string]: Json})[key], found);
  }
  return found;
}

const onJson: readonly ((root: Json, random: Random) => void)[] = [
  (root, random) => set(root, random, () => pick(HOSTILE, random)),
  (root, random) => set(root, random, () => pick(HOSTILE, random)),
  (root, random) =>
    set(root, random, (old) => (typeof old === 'number' ? old * pick([-1, 2, 1000, 1e9, 0.5], random) : old)),
  (root, random) => set(root, random, () => deep()),
  (root, random) => set(root, random, (old) => [old, old]),
  (root, random) => {
    const [holder, key] = pick(places(root), random);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  (root, random) => {
    const [holder] = pick(places(root), random);
    if (Array.isArray(holder)) return;
    const name = pick(['__proto__', 'constructor', 'prototype', 'sha256', 'paths', 'dtype'], random);
    Object.defineProperty(holder, name, {value: {polluted: true}, enumerable: true, configurable: true});
  },
];

function set(root: Json, random: Random, change: (old: Json) => Json): void {
  const [holder, key] = pick(places(root), random);
  const object = holder as {[key: string]: Json};
  object[key] = change(object[key]);
}

const onBytes: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => bytes.map((byte, i, {length}) => (i === Math.floor(random() * length) ? byte ^ 1 : byte)),
  (bytes, random) => {
    const at = Math.floor(random() * bytes.length);
    return bytes.map((byte, i) => (i === at ? byte ^ (1 << Math.floor(random() * 8)) : byte));
  },
  (bytes, random) => bytes.slice(0, Math.floor(random() * bytes.length)),
  (bytes, random) => Uint8Array.from([...bytes, ...bytes.slice(0, 1 + Math.floor(random() * 40))]),
  (bytes, random) => {
    const at = Math.floor(random() * bytes.length);
    return bytes.map((byte, i) => (i >= at && i < at + 16 ? 0 : byte));
  },
];

/** The same files with one thing wrong; `what` names it. */
export function mutate({json, weights}: Files, random: Random): {files: Files; what: 'json' | 'text' | 'weights'} {
  const kind = random();
  if (kind < 0.25) return {files: {json, weights: pick(onBytes, random)(weights, random)}, what: 'weights'};
  if (kind < 0.4) return {files: {json: pick(onBytes, random)(json, random), weights}, what: 'text'};
  const root = JSON.parse(new TextDecoder().decode(json)) as Json;
  pick(onJson, random)(root, random);
  return {files: {json: new TextEncoder().encode(JSON.stringify(root)), weights}, what: 'json'};
}
