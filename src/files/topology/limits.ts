/** Sizes and names in a `model.json`, looked at before anything is made of them. */

/** Names that mean something to every object of JavaScript, so that no layer, weight or option may have them. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper nesting is of no model: a layer in a model in a model has 20 levels. */
const MAX_DEPTH = 200;

/** What of a JSON value would reach beyond the model, in words; null if nothing. */
export function unsafeKey(value: unknown, depth = 0): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return `it is nested more than ${MAX_DEPTH} levels deep`;
  for (const [key, inner] of Object.entries(value)) {
    if (UNSAFE.has(key)) return `it has the key "${key}"`;
    const isName = key === 'class_name' || key === 'className' || key === 'name';
    if (isName && typeof inner === 'string' && inner in Object.prototype) return `it has the ${key} "${inner}"`;
    const found = unsafeKey(inner, depth + 1);
    if (found) return found;
  }
  return null;
}

/** How many values one layer may be told to make: 64 MB of them. Numbers of repetitions are far smaller. */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ...['units', 'filters', 'n', 'size', 'subnets', 'blocks', 'inputDim', 'outputDim', 'inputLength'].map(limit(2 ** 24)),
  ...['batchInputShape', 'batchShape', 'inputShape', 'targetShape', 'kernelSize', 'poolSize'].map(limit(2 ** 24)),
  ...['padding', 'cropping', 'strides', 'dilationRate', 'depthMultiplier', 'numTokens', 'height', 'width'].map(
    limit(2 ** 24),
  ),
  ...['depth', 'rounds'].map(limit(1024)),
]);

function limit(most: number): (key: string) => [string, number] {
  return (key) => [key, most];
}

/** The first option that makes a layer larger than any model needs, in words; null if there is none. */
export function hugeSize(topology: unknown): string | null {
  if (typeof topology !== 'object' || topology === null) return null;
  for (const [key, value] of Object.entries(topology)) {
    const most = LIMITS.get(key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
    const sizes = most === undefined ? [] : numbersIn(value);
    if (sizes.reduce((product, size) => product * Math.max(1, Math.abs(size)), 1) > (most ?? 1)) {
      return `${key} is ${JSON.stringify(value).slice(0, 60)}, more than ${most}`;
    }
    const found = hugeSize(value);
    if (found) return found;
  }
  return null;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}
