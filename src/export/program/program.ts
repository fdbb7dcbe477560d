/**
 * A program: a graph as code for one sample, from which JavaScript and C are written.
 *
 * `steps.ts` joins operations on the same elements into one loop and leaves out what only renames numbers; `buffers.ts` gives
 * every value a place in one work space of fixed size; `write/` writes the loops, which look the same in both languages but for
 * what `language.ts` lists. A format adds how the weights are stored, and the frame around it all.
 */

import {fail} from '../../errors';
import type {Constant, Graph, Kind, Operation, Translation, Value} from '../lower/operations';
import {translate} from '../lower/operations';
import {withBiases} from './biases';
import {type Buffer, buffersOf, type Place} from './buffers';
import {Code} from './code';
import type {Language} from './language';
import {count, type Sizes, sizesOf} from './sizes';
import {type Elementwise, isConstant, isElementwise, type Step, stepsOf} from './steps';
import {elementwise} from './write/elementwise';
import * as move from './write/move';
import {conv, depthwiseConv2d, matMul, pool} from './write/products';
import {reduce, softmax} from './write/reduce';
import {type Writer, writerOf} from './writer';

/** An input or output of one sample. */
export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
}

export interface Program {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Those whose elements the code reads. */
  readonly constants: readonly Constant[];
  readonly buffers: readonly Buffer[];
  /** Numbers of the work space. */
  readonly work: number;
  /** What `code` writes one after the other, and what it knows of the values. */
  readonly steps: readonly Step[];
  sizesOf(value: Value): Sizes;
  placeOf(value: Value): Place;
  padded(value: Value): Constant | undefined;
  /** The code between reading `x` (or `x0`, `x1`, ...) and having written `y` (or `y0`, ...). */
  code(language: Language): StepCode[];
}

/** The lines of one step. */
export interface StepCode {
  readonly kind: Kind;
  readonly lines: readonly string[];
  /** The layer whose output it gives; none inside of one. */
  readonly layer?: string;
}

export function programOf(graph: Graph, who: string): Program {
  for (const {name, shape} of graph.inputs) {
    if (!shape.slice(1).includes(null)) continue;
    const received = `[${shape.map((size) => size ?? 'null')}]`;
    fail(`${who}, input ${name}`, 'all sizes but that of the batch must be known', received, 'Set inputShape.');
  }
  const biased = withBiases(graph);
  const sizes = sizesOf(biased);
  const all = stepsOf(biased, sizes);
  const {buffers, work, placeOf} = buffersOf(biased, all, sizes);
  const port = (value: Value): Port => {
    const shape = sizes(value).slice(1);
    return {name: value.name, shape, size: count(shape)};
  };
  const read = new Set(
    all.steps.flatMap(({operations}) => operations.flatMap(({inputs}) => inputs.map((x) => all.padded(x) ?? x))),
  );
  return {
    inputs: graph.inputs.map(port),
    outputs: graph.outputs.map(port),
    constants: [...read].filter(isConstant).filter(({data}) => data.length > 1),
    buffers,
    work,
    steps: all.steps,
    sizesOf: sizes,
    placeOf,
    padded: all.padded,
    code: (language) => {
      return all.steps.map((step) => {
        const code = new Code(language);
        write(step, writerOf(code, sizes, placeOf, all.padded));
        const lines = code.needsBlock ? ['{', ...code.lines.map((line) => `  ${line}`), '}'] : code.lines;
        const {kind, output} = step.operations.at(-1)!;
        return {kind, lines, layer: /^v\d+$/.test(output.name) ? undefined : output.name};
      });
    },
  };
}

/** With the layer at the end. */
export const titled = ({lines, layer}: StepCode): string[] =>
  lines.map((line, i) => (layer && i === lines.length - 1 ? `${line} // ${layer}` : line));

function write(step: Step, writer: Writer): void {
  const [operation] = step.operations;
  if (isElementwise(operation)) elementwise(step, writer);
  else translate(operation as Graph<Moving>['operations'][number], writersOf(writer));
}

/** Kinds with loops of their own. */
type Moving = Exclude<Kind, Elementwise>;

function writersOf(writer: Writer): Translation<void, Moving> {
  const by =
    <K extends Moving>(write: (operation: Operation<K>, writer: Writer) => void) =>
    (operation: Operation<K>) =>
      write(operation, writer);
  return {
    averagePool: (operation) => pool(operation, false, writer),
    concat: by<'concat'>(move.concat),
    conv: by<'conv'>(conv),
    depthwiseConv2d: by<'depthwiseConv2d'>(depthwiseConv2d),
    gather: by<'gather'>(move.gather),
    logSoftmax: by<'logSoftmax'>(softmax),
    matMul: by<'matMul'>(matMul),
    max: by<'max'>(reduce),
    maxPool: (operation) => pool(operation, true, writer),
    mean: by<'mean'>(reduce),
    pad: by<'pad'>(move.pad),
    reshape: by<'reshape'>(move.copyAll),
    resize: by<'resize'>(move.resize),
    slice: by<'slice'>(move.slice),
    softmax: by<'softmax'>(softmax),
    tile: by<'tile'>(move.tile),
    transpose: by<'transpose'>(move.transpose),
    walshHadamard: by<'walshHadamard'>(transform),
  };
}

/** In place, after a copy where the numbers are needed elsewhere or come from elsewhere. */
function transform({inputs: [x], output}: Operation<'walshHadamard'>, writer: Writer): void {
  const {code, placeOf, sizesOf} = writer;
  const {array, at} = placeOf(output);
  const isThere = !isConstant(x) && placeOf(x).array === array && placeOf(x).at === at;
  if (!isThere) move.copyAll({kind: 'walshHadamard', inputs: [x], output, attributes: {}}, writer);
  const n = sizesOf(output).at(-1)!;
  code.language.transforms(code, array, count(sizesOf(output)) / n, n);
}
