import type {Graph, Kind, Operation, Value} from '../lower/operations';
import {count, type Sizes} from './sizes';
import {isConstant, isElementwise, type Step, type Steps} from './steps';

/** A piece of the work space, in numbers from its start on. It serves several values, one after the other. */
export interface Buffer {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}

export interface Place {
  readonly array: string;
  readonly at: number;
}

export interface Buffers {
  readonly buffers: readonly Buffer[];
  /** The size of the work space. */
  readonly work: number;
  placeOf(value: Value): Place;
}

interface Storage {
  readonly size: number;
  readonly from: number;
  to: number;
}

/** A place for every value that is stored: inputs and outputs have arrays of their own, the others share one work space. */
export function buffersOf(graph: Graph, {steps, root}: Steps, sizesOf: (value: Value) => Sizes): Buffers {
  const lastReads = new Map<Value, number>();
  for (const [i, {operations}] of steps.entries()) {
    for (const x of operations.flatMap(({inputs}) => inputs)) lastReads.set(root(x).of, i);
  }
  const fixed = new Map<Value, string>();
  for (const [i, value] of graph.inputs.entries()) fixed.set(value, arrayOf('x', i, graph.inputs));
  for (const [i, value] of graph.outputs.entries()) fixed.set(value, arrayOf('y', i, graph.outputs));
  const storages = new Map<Value, Storage>();
  for (const [i, step] of steps.entries()) {
    const read = new Set(step.operations.flatMap(({inputs}) => inputs).map((x) => root(x).of));
    const dying = [...read].filter(
      (x) => storages.has(x) && lastReads.get(x) === i && isReadInPlace(x, step, root, sizesOf),
    );
    for (const value of step.stored) {
      if (fixed.has(value)) continue;
      const to = lastReads.get(value) ?? i;
      const before = dying.shift();
      if (before) {
        const storage = storages.get(before)!;
        storage.to = to;
        storages.set(value, storage);
      } else {
        storages.set(value, {size: count(sizesOf(value)), from: i, to});
      }
    }
  }
  const {places, work} = placed([...new Set(storages.values())]);
  const buffers = new Map<string, Buffer>();
  const names = new Map<Storage, string>();
  for (const [storage, at] of places) {
    const key = `${at} ${storage.size}`;
    if (!buffers.has(key)) buffers.set(key, {name: `b${buffers.size}`, at, size: storage.size});
    names.set(storage, buffers.get(key)!.name);
  }
  return {
    buffers: [...buffers.values()],
    work,
    placeOf: (value) => {
      const {of, at} = root(value);
      return {array: fixed.get(of) ?? names.get(storages.get(of)!)!, at};
    },
  };
}

/** The array of an input or output: x and y, with a number where there are several. */
export const arrayOf = (letter: 'x' | 'y', i: number, all: readonly unknown[]): string =>
  all.length === 1 ? letter : `${letter}${i}`;

/** Whether a step may write over a value that it reads: each element is read where the one of the same place is computed. */
function isReadInPlace(
  x: Value,
  {operations, stored}: Step,
  root: Steps['root'],
  sizesOf: (value: Value) => Sizes,
): boolean {
  const size = count(sizesOf(x));
  if (count(sizesOf(stored[0])) !== size) return false;
  return operations.every((operation) => {
    const reads = operation.inputs.filter((input) => !isConstant(input) && root(input).of === x);
    if (reads.length === 0) return true;
    return worksInPlace(operation) && reads.every((input) => count(sizesOf(input)) === size);
  });
}

const IN_PLACE: {readonly [kind in Kind]?: true} = {softmax: true, logSoftmax: true, walshHadamard: true};

const worksInPlace = (operation: Operation<Kind>) => isElementwise(operation) || operation.kind in IN_PLACE;

/** Offsets at which no two storages overlap that live at the same time: the largest first, each as low as it can. */
function placed(storages: readonly Storage[]): {places: Map<Storage, number>; work: number} {
  const places = new Map<Storage, number>();
  const bySize = [...storages].sort((a, b) => b.size - a.size || a.from - b.from);
  for (const storage of bySize) {
    const others = [...places]
      .filter(([other]) => other.from <= storage.to && storage.from <= other.to)
      .map(([other, at]) => [at, at + other.size])
      .sort(([a], [b]) => a - b);
    let at = 0;
    for (const [from, to] of others) {
      if (at + storage.size <= from) break;
      at = Math.max(at, to);
    }
    places.set(storage, at);
  }
  const work = Math.max(0, ...[...places].map(([{size}, at]) => at + size));
  return {places, work};
}
