import type {StepCode} from '../program/program';
import {UniqueNames} from '../unique_names';
import {DEFINED} from './language';
import {isLoop, type Part} from './loops';

const TOKEN = /[A-Za-z_$][\w$]*|\d[\d.]*(?:e[-+]?\d+)?|[\s\S]/g;
const VALUES = /^b\d+$/;
const WEIGHTS = /^[wu]\d+$/;
const NUMBER = /^\d/;
/** Inputs and outputs, in single precision: functions that also took values would be slower. */
const PORT = /^[xy]\d*$/;

/** A function with more numbers than these says less than the loops that it saves. */
const MAX_NUMBERS = 8;

/** Letters of a function besides its body. */
const HEAD = 40;

/** The same parts, where steps that differ in arrays and sizes alone call one function; and the lines of these functions. */
export function withFunctions(parts: readonly Part[]): {parts: Part[]; lines: string[]} {
  const steps = parts.flatMap((part) => (isLoop(part) ? part.body : [part]));
  const now = new Map<StepCode, StepCode>();
  const lines: string[] = [];
  const names = new UniqueNames();
  for (const own of DEFINED) names.unique(own);
  const add = (group: readonly StepCode[]): void => {
    const {params, body, args} = sharedBody(group);
    const [{kind}] = group;
    const calls = args.map((given) => `${kind}(${given.join(', ')});`);
    const before = group.reduce((sum, step) => sum + step.lines.join('\n').length, 0);
    const after = HEAD + body.join('\n').length + calls.reduce((sum, {length}) => sum + length, 0);
    if (after >= before) return;
    const name = names.unique(kind);
    lines.push(`const ${name} = (${params.join(', ')}) => {`, ...body.map((line) => `  ${line}`), '};');
    for (const [i, step] of group.entries()) now.set(step, {...step, lines: [`${name}(${args[i].join(', ')});`]});
  };
  for (const alike of groups(steps, false)) {
    const numbers = sharedBody(alike).params.filter((name) => name.startsWith('n'));
    if (numbers.length <= MAX_NUMBERS) add(alike);
    else for (const same of groups(alike, true)) add(same);
  }
  const written = (step: StepCode) => now.get(step) ?? step;
  return {parts: parts.map((part) => (isLoop(part) ? {...part, body: part.body.map(written)} : written(part))), lines};
}

const tokens = ({lines}: StepCode): string[] => lines.join('\n').match(TOKEN)!;

/** Steps of the same form, two or more. */
function groups(steps: readonly StepCode[], withNumbers: boolean): StepCode[][] {
  const all = new Map<string, StepCode[]>();
  for (const step of steps) {
    const form = tokens(step).map((token) => {
      if (VALUES.test(token)) return 'b';
      if (WEIGHTS.test(token)) return 'w';
      return NUMBER.test(token) && !withNumbers ? '0' : token;
    });
    const key = form.join('');
    all.set(key, [...(all.get(key) ?? []), step]);
  }
  return [...all.values()].filter(({length}) => length > 1);
}

/** What differs becomes a parameter, and so do all arrays: values `v0`, weights `u0`, numbers `n0`. */
function sharedBody(group: readonly StepCode[]): {params: string[]; body: string[]; args: string[][]} {
  const all = group.map(tokens);
  const params = new Map<string, string>();
  const args: string[][] = group.map(() => []);
  const counts: {[letter: string]: number} = {};
  const text = all[0].map((token, i) => {
    const column = all.map((own) => own[i]);
    if (PORT.test(token)) {
      if (!params.has(token)) for (const given of args) given.push(token);
      params.set(token, token);
      return token;
    }
    const letter = VALUES.test(token) ? 'v' : WEIGHTS.test(token) ? 'u' : 'n';
    const isArray = letter !== 'n';
    if (!isArray && column.every((other) => other === token)) return token;
    const key = `${letter} ${column}`;
    if (!params.has(key)) {
      counts[letter] = (counts[letter] ?? -1) + 1;
      params.set(key, `${letter}${counts[letter]}`);
      for (const [one, given] of column.entries()) args[one].push(given);
    }
    return params.get(key)!;
  });
  return {params: [...params.values()], body: text.join('').split('\n'), args};
}
