import type {About} from '../about';
import {arrayOf} from '../program/buffers';
import {type Port, type Program, titled} from '../program/program';
import type {Stored} from '../program/weights';
import {c99, literal} from './language';

/** What of math.h the code may use. */
const MATH = /\b(fabsf|erff|expf|floorf|logf|log1pf|sqrtf|tanhf|NAN|INFINITY)\b/;

/** The text of NAME.c. */
export function sourceText(
  program: Program,
  weights: readonly Stored[],
  {labels, name}: About,
  network: string,
): string {
  const used = new Set<string>();
  const lines = program.code(c99(network, weights, used)).flatMap(titled);
  const {work, buffers} = program;
  const tables = weights.flatMap((stored, i) => tableLines(stored, `${network}_w${i}`));
  const run = [
    `${signature(program, network)} {`,
    ...pointers(program).map(({array}) => `  assert(${array} != 0);`),
    ...overlaps(program).map((check) => `  assert(${check}); /* inputs and outputs may not overlap */`),
    ...buffers.map(({name, at}) => `  float *const ${name} = ${network}_work${at === 0 ? '' : ` + ${at}`};`),
    ...lines.map((line) => `  ${line}`),
    '}',
  ];
  const body = [
    ...(labels
      ? [`const char *const ${network}_labels[${labels.length}] = {${labels.map(text).join(', ')}};`, '']
      : []),
    ...(tables.length > 0 ? ['/* Weights. */', ...tables, ''] : []),
    ...(work > 0
      ? [
          '/* Space for what lies between input and output; each piece serves several values in turn. */',
          `static float ${network}_work[${work}];`,
          '',
        ]
      : []),
    ...[...used].flatMap((definition) => [...definition.split('\n'), '']),
    ...run,
  ];
  return `/* The network ${name} of tfjs-piecewise in C99: toC wrote it. See ${network}.h. */

#include "${network}.h"

#include <assert.h>
#include <stdint.h>
${body.some((line) => MATH.test(line)) ? '#include <math.h>\n' : ''}
${body.join('\n')}
`;
}

/** The text of NAME.h. */
export function headerText(program: Program, {labels, name}: About, network: string): string {
  const {inputs, outputs, work} = program;
  const macro = network.toUpperCase();
  const sizes = (letter: 'x' | 'y', word: string, all: readonly Port[]) =>
    all.map(
      ({size}, i) =>
        `#define ${macro}_${word}${all.length === 1 ? '' : i}_SIZE ${size} /* numbers of ${letter}${all.length === 1 ? '' : i} */`,
    );
  const shown = (letter: 'x' | 'y', all: readonly Port[]) =>
    all.map(({name, shape}, i) => ` * ${arrayOf(letter, i, all)}: ${name} [${shape.join(', ')}], row by row`);
  return `/* The network ${name} of tfjs-piecewise in C99: toC wrote it. */

#ifndef ${macro}_H
#define ${macro}_H

#ifdef __cplusplus
extern "C" {
#endif

${[...sizes('x', 'INPUT', inputs), ...sizes('y', 'OUTPUT', outputs)].join('\n')}
#define ${macro}_WORK_BYTES ${work * 4} /* of static memory; no more is taken but a few variables of the stack */
${labels ? `#define ${macro}_LABELS ${labels.length}\n\nextern const char *const ${network}_labels[${labels.length}]; /* UTF-8 */\n` : ''}
/*
 * One sample:
${[...shown('x', inputs), ...shown('y', outputs)].join('\n')}
 *
 * The caller owns all arrays, which may not be null or overlap: without NDEBUG that is asserted. NaN stays NaN, unless the
 * compiler is told that there is none (-ffast-math). The work space is static: one call at a time.
 */
${signature(program, network)};

#ifdef __cplusplus
}
#endif

#endif
`;
}

function pointers({inputs, outputs}: Program): {array: string; size: number}[] {
  return [
    ...inputs.map(({size}, i) => ({array: arrayOf('x', i, inputs), size})),
    ...outputs.map(({size}, i) => ({array: arrayOf('y', i, outputs), size})),
  ];
}

/** An output lies before or after each of the others. */
function overlaps(program: Program): string[] {
  const all = pointers(program);
  const outputs = all.slice(program.inputs.length);
  return outputs.flatMap((y, i) =>
    all.slice(0, program.inputs.length + i).map((x) => {
      const end = ({array, size}: typeof x) => `(uintptr_t)(${array} + ${size})`;
      return `${end(x)} <= (uintptr_t)${y.array} || ${end(y)} <= (uintptr_t)${x.array}`;
    }),
  );
}

function signature({inputs, outputs}: Program, network: string): string {
  const xs = inputs.map((_, i) => `const float *${arrayOf('x', i, inputs)}`);
  const ys = outputs.map((_, i) => `float *${arrayOf('y', i, outputs)}`);
  return `void ${network}(${[...xs, ...ys].join(', ')})`;
}

function tableLines(stored: Stored, name: string): string[] {
  const {constant} = stored;
  const title = `/* ${constant.name} [${constant.shape.join(', ')}] */`;
  const table = (type: string, name: string, values: readonly string[]) => [
    `static const ${type} ${name}[${values.length}] = {`,
    ...rows(values).map((row) => `  ${row},`),
    '};',
  ];
  const integers = (values: ArrayLike<number>) => Array.from(values, String);
  const floats = (values: ArrayLike<number>) => Array.from(values, literal);
  switch (stored.type) {
    case 'drawn':
    case 'index': {
      if (stored.type === 'drawn' && stored.drawn.what !== 'subsample') return []; // drawn where they are used
      const most = (constant.data as Int32Array).reduce((a, b) => Math.max(a, b));
      const type = most < 256 ? 'uint8_t' : most < 65536 ? 'uint16_t' : 'int32_t';
      return [title, ...table(type, name, integers(constant.data))];
    }
    case 'float32':
      return [title, ...table('float', name, floats(stored.data))];
    case 'float16':
      return [title, ...table('uint16_t', name, integers(stored.data))];
    case 'uint8': {
      const {data, scales, shifts} = stored;
      const channels =
        scales.length === 1
          ? []
          : [...table('float', `${name}_scales`, floats(scales)), ...table('float', `${name}_shifts`, floats(shifts))];
      return [title, ...table('uint8_t', name, integers(data)), ...channels];
    }
  }
}

/** Lines of up to 110 characters. */
function rows(values: readonly string[]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const value of values) {
    if (line.length + value.length + 2 > 110) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? value : `, ${value}`;
  }
  return [...lines, line];
}

/** A text between double quotes for C: UTF-8, of which only plain characters are as they are. A question mark may start a trigraph. */
function text(value: string): string {
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => {
    const isPlain = byte >= 32 && byte < 127 && !['"', '\\', '?'].includes(String.fromCharCode(byte));
    return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}
