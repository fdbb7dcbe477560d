import type {About} from '../about';
import type {Constant} from '../lower/operations';
import {arrayOf} from '../program/buffers';
import {quoted} from '../program/literals';
import type {Port, Program} from '../program/program';
import type {Stored} from '../program/weights';
import {withFunctions} from './functions';
import {javascript} from './language';
import {isLoop, type Part, withLoops} from './loops';
import {simdLines, simdSteps} from './simd/frame';
import type {Simd} from './simd/kernels';
import {tableName, weightLines} from './weights';

/** The text of a module without imports. */
export function moduleText(
  program: Program,
  weights: readonly Stored[],
  about: About,
  format: 'esm' | 'commonjs',
  simd: Simd | null,
): string {
  const names = new Map<Constant, string>(weights.map(({constant}, i) => [constant, `w${i}`]));
  const used = new Set<string>();
  const steps = program.code(javascript(names, used));
  const plain = withLoops(steps);
  const {parts, lines: functions} = withFunctions([...plain, ...(simd ? simdSteps(simd, steps) : [])]);
  const tables = parts.filter(isLoop).map(({rows}) => rows);
  const lines = runBody(parts.slice(0, plain.length));
  const compiled = simd && simdLines(program, simd, names, runBody(parts.slice(plain.length)));
  const {inputs, outputs} = program;
  const exported = [
    'inputs',
    'outputs',
    ...(about.labels ? ['labels'] : []),
    ...(about.metadata ? ['metadata'] : []),
    'predict',
  ];
  const sections = [
    [
      `/** The network ${about.name}, from tfjs-piecewise. Sizes are those of one sample. */`,
      ...(format === 'commonjs' ? ["'use strict';"] : []),
    ],
    [
      `const inputs = ${ports(inputs)};`,
      `const outputs = ${ports(outputs)};`,
      ...(about.metadata ? [`const metadata = JSON.parse(${quoted(about.metadata)});`] : []),
      ...(about.labels ? ['const labels = metadata.labels;'] : []),
    ],
    weightLines(
      weights,
      names,
      tables,
      [...functions, ...lines, ...(compiled?.memory ?? []), ...(compiled?.run ?? [])].join('\n'),
    ),
    [...used].flatMap((definition) => definition.split('\n')),
    functions,
    compiled?.memory ?? [],
    runLines(program, lines, compiled !== null),
    compiled?.run ?? [],
    READ.split('\n'),
    predictLines(inputs, outputs, simd ? '(simd ? runSimd : run)' : 'run'),
    [format === 'esm' ? `export {${exported.join(', ')}};` : `module.exports = {${exported.join(', ')}};`],
  ];
  const text = `${sections
    .filter(({length}) => length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
  // No text has ends of lines in it.
  return text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
}

const ports = (all: readonly Port[]) =>
  `[${all.map(({name, shape, size}) => `{name: ${quoted(name)}, shape: [${shape.join(', ')}], size: ${size}}`).join(', ')}]`;

/** Loops read the weights of each time from their table. */
function runBody(parts: readonly Part[]): string[] {
  let tables = 0;
  return parts.flatMap((part) => {
    if (!isLoop(part)) return part.lines;
    const columns = part.rows[0].map((_, i) => `u${i}`);
    return [
      `for (const [${columns.join(', ')}] of ${tableName(tables++)}) {`,
      ...part.body.flatMap(({lines}) => lines.map((line) => `  ${line}`)),
      '}',
    ];
  });
}

const arrays = (letter: 'x' | 'y', all: readonly Port[]) => all.map((_, i) => arrayOf(letter, i, all));

function runLines({inputs, outputs, buffers, work}: Program, lines: readonly string[], isInMemory: boolean): string[] {
  const short = buffers.length > 6;
  const spaces = short
    ? [
        'piece = (at, n) => work.subarray(at, at + n)',
        buffers.map(({name, at, size}) => `${name} = piece(${at}, ${size})`).join(', '),
      ]
    : buffers.map(({name, at, size}) => `${name} = work.subarray(${at}, ${at + size})`);
  const space = [
    '/** Each part serves several values. */',
    `const work = ${isInMemory ? 'simd?.work ?? ' : ''}new Float64Array(${work});`,
    ...spaces.map((text) => `const ${text};`),
    '',
  ];
  return [
    ...(work > 0 ? space : []),
    `function run(${[...arrays('x', inputs), ...arrays('y', outputs)].join(', ')}) {`,
    ...lines.map((line) => `  ${line}`),
    '}',
  ];
}

function predictLines(inputs: readonly Port[], outputs: readonly Port[], run: string): string[] {
  const [xs, ys] = [arrays('x', inputs), arrays('y', outputs)];
  const part = (name: string, {size}: Port) => `${name}.subarray(s * ${size}, (s + 1) * ${size})`;
  const parts = [...xs.map((x, i) => part(x, inputs[i])), ...ys.map((y, i) => part(y, outputs[i]))];
  const isOne = inputs.length === 1;
  const read = xs.map(
    (x, i) => `  const ${x} = read(${isOne ? 'input' : `input[${quoted(inputs[i].name)}]`}, inputs[${i}]);`,
  );
  const samples = isOne ? `x.length / ${inputs[0].size}` : 'samples';
  return [
    'function predict(input) {',
    ...(isOne ? [] : ['  requireNames(input);']),
    ...read,
    ...(isOne ? [] : [`  const samples = ${xs[0]}.length / ${inputs[0].size};`]),
    ...xs.slice(1).map((x, i) => `  requireSamples(${x}.length / ${inputs[i + 1].size}, samples, inputs[${i + 1}]);`),
    ...ys.map((y, i) => `  const ${y} = new Float32Array(${samples} * ${outputs[i].size});`),
    `  for (let s = 0; s < ${samples}; s++) ${run}(${parts.join(', ')});`,
    outputs.length === 1
      ? '  return y;'
      : `  return {${ys.map((y, i) => `${quoted(outputs[i].name)}: ${y}`).join(', ')}};`,
    '}',
    ...(isOne ? [] : NAMED.split('\n')),
  ];
}

const READ = `const typeOf = (value) => (value === null ? 'null' : typeof value);
const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** The numbers of an input, one sample after the other. */
function read(input, {name, shape, size}) {
  const refuse = (received) => {
    throw new TypeError(\`predict: input \${name} must be \${size} numbers a sample ([\${shape}]), but received \${received}. Pass samples one after the other, or rows.\`);
  };
  const isRows = Array.isArray(input) && isList(input[0]);
  for (const row of isRows ? input : [input]) {
    if (!isList(row)) refuse(typeOf(row));
    if (isRows ? row.length !== size : !row.length || row.length % size) refuse(\`\${row.length} number\${row.length === 1 ? '' : 's'}\`);
  }
  if (input instanceof Float32Array) return input;
  const all = isRows ? input.flatMap((row) => [...row]) : input;
  return Float32Array.from(all, (one, i) => (typeof one === 'number' ? one : refuse(\`\${typeOf(one)} at \${i}\`)));
}`;

const NAMED = `
function fail(expected, received, fix) {
  throw new TypeError(\`predict: \${expected}, but received \${received}. \${fix}\`);
}

function requireNames(input) {
  const names = inputs.map(({name}) => name);
  const list = \`{\${names.join(', ')}}\`;
  if (typeof input !== 'object' || input === null) {
    fail(\`input must be an object \${list}\`, typeOf(input), 'Pass the inputs by their names.');
  }
  for (const name of names) {
    if (!Object.hasOwn(input, name)) fail(\`input must be an object \${list}\`, \`one without \${name}\`, 'Pass all inputs.');
  }
  for (const name of Object.keys(input)) {
    if (!names.includes(name)) fail(\`input must be an object \${list}\`, \`'\${name}', too\`, 'Pass the inputs by their names.');
  }
}

function requireSamples(samples, first, {name}) {
  if (samples !== first) fail(\`input \${name} must have \${first} samples, as \${inputs[0].name}\`, samples, 'Pass as many of each.');
}`;
