import type * as tf from '@tensorflow/tfjs';
import type {ModelCalls} from '../../model_graph';
import {type Happening, happeningsOf, type Run, type Tie, type Value} from './channel_graph';
import type {LayerWeights} from './layer_weights';
import type {Border, FixedMap, Space, Tied, UnitOperation, Use} from './parts';

/** The unit spaces of a model, in the order in which they are made. */
export function spacesOf(
  calls: ModelCalls,
  inputs: readonly tf.SymbolicTensor[],
  weightsOf: (layer: tf.layers.Layer) => LayerWeights,
  who: string,
): Space[] {
  const happenings = happeningsOf(calls, inputs, weightsOf, who);
  const spaces = new Map<Tie, {units: number; happenings: Happening[]}>();
  for (const happening of happenings) {
    const values = happening.kind === 'operate' ? [happening.input] : [happening.value];
    for (const {space, units} of new Set(values.flatMap(({runs}) => runs))) {
      const known = spaces.get(space.root);
      if (!known) spaces.set(space.root, {units, happenings: [happening]});
      else if (known.happenings.at(-1) !== happening) known.happenings.push(happening);
    }
  }
  return [...spaces].map(([space, own]) => chainOf(own) ?? tiedOf(space, own));
}

interface Own {
  units: number;
  happenings: Happening[];
}

/** A space that one map makes and one map reads, and nothing else does; null for others. */
function chainOf({units, happenings}: Own): Space | null {
  const [first, last] = [happenings[0], happenings[happenings.length - 1]];
  if (first.kind !== 'produce' || last.kind !== 'consume') return null;
  const operations: UnitOperation[] = [];
  let value: Value = first.value;
  for (const happening of happenings.slice(1, -1)) {
    if (happening.kind !== 'operate' || !same(happening.input, value)) return null;
    operations.push(happening.operation);
    value = happening.output;
  }
  if (!same(last.value, value) || value.runs.length > 1) return null;
  return {units, producer: first.border, operations, consumer: last.border};
}

const same = (a: Value, b: Value) => a.runs.length === b.runs.length && a.runs.every((run, i) => run === b.runs[i]);

function tiedOf(space: Tie, {units, happenings}: Own): Space & {tied: Tied} {
  const segments = new Map<Tie, number>();
  const numberOf = ({segment}: Run): number => {
    if (!segments.has(segment.root)) segments.set(segment.root, segments.size);
    return segments.get(segment.root)!;
  };
  const placesIn = ({runs}: Value) =>
    runs.flatMap((run, i) => {
      const at = runs.slice(0, i).reduce((sum, {units: n}) => sum + n, 0);
      return run.space.root === space ? [{at, segment: numberOf(run), index: i}] : [];
    });
  const widthOf = ({runs}: Value) => runs.reduce((sum, {units: n}) => sum + n, 0);
  const held = new Set<number>();
  const uses: Use[] = [];
  const borders: {makes: Border[]; reads: Border[]} = {makes: [], reads: []};
  for (const happening of happenings) {
    if (happening.kind === 'tie') continue;
    if (happening.kind === 'operate') {
      const {operation, input, output} = happening;
      const places = placesIn(input).map(({at, segment, index}) => {
        return {at, input: segment, output: numberOf(output.runs[index])};
      });
      uses.push({kind: 'operate', operation, width: widthOf(input), places});
      continue;
    }
    const {kind, border, value} = happening;
    borders[kind === 'produce' ? 'makes' : 'reads'].push(border);
    const places = placesIn(value);
    if (border.kind !== 'mixing') for (const {segment} of places) held.add(segment);
    else if (kind === 'consume') uses.push({kind, mixing: border, width: widthOf(value), places});
    else uses.push({kind, mixing: border, segment: places[0].segment});
  }
  const operations = uses.flatMap((use) => (use.kind === 'operate' ? [use.operation] : []));
  const fixed = (all: Border[]) => all.find((border): border is FixedMap => border.kind === 'fixed');
  return {
    units,
    producer: fixed(borders.makes) ?? borders.makes[0],
    operations,
    consumer: fixed(borders.reads) ?? borders.reads[borders.reads.length - 1],
    tied: {uses, segments: segments.size, held},
  };
}
