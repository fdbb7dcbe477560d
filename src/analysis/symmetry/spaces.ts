import type * as tf from '@tensorflow/tfjs';
import type {DisjointSet} from '../../math/disjoint_set';
import type {ModelCalls} from '../../model_graph';
import {type ChannelEvent, channelEvents, type Run, type Value} from './channel_events';
import type {LayerWeights} from './layer_weights';
import type {FixedMap, MapOrEnd, Space, Tied, UnitOperation, Use} from './parts';
import {straightPaths} from './straight_paths';

/** The unit spaces of a model, in the order in which they are made. */
export function spacesOf(
  calls: ModelCalls,
  inputs: readonly tf.SymbolicTensor[],
  weightsOf: (layer: tf.layers.Layer) => LayerWeights,
  who: string,
): Space[] {
  const events = channelEvents(calls, inputs, weightsOf, who);
  const spaces = new Map<DisjointSet, {units: number; events: ChannelEvent[]}>();
  for (const event of events) {
    const values = event.kind === 'operate' ? [event.input] : [event.value];
    for (const {space, units} of new Set(values.flatMap(({runs}) => runs))) {
      const known = spaces.get(space.root);
      if (!known) spaces.set(space.root, {units, events: [event]});
      else if (known.events.at(-1) !== event) known.events.push(event);
    }
  }
  return [...spaces].map(([space, own]) => chainOf(own) ?? tiedOf(space, own));
}

interface Own {
  units: number;
  events: ChannelEvent[];
}

/** A space that one map makes and one map reads, and nothing else does; null for others. */
function chainOf({units, events}: Own): Space | null {
  const [first, last] = [events[0], events[events.length - 1]];
  if (first.kind !== 'produce' || last.kind !== 'consume') return null;
  const operations: UnitOperation[] = [];
  let value: Value = first.value;
  for (const event of events.slice(1, -1)) {
    if (event.kind !== 'operate' || !same(event.input, value)) return null;
    operations.push(event.operation);
    value = event.output;
  }
  if (!same(last.value, value) || value.runs.length > 1) return null;
  return {units, producer: first.mapOrEnd, operations, consumer: last.mapOrEnd};
}

const same = (a: Value, b: Value) => a.runs.length === b.runs.length && a.runs.every((run, i) => run === b.runs[i]);

function tiedOf(space: DisjointSet, {units, events}: Own): Space & {tied: Tied} {
  const segments = new Map<DisjointSet, number>();
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
  const fixedSegments = new Set<number>();
  const uses: Use[] = [];
  const mapsAndEnds: {makes: MapOrEnd[]; reads: MapOrEnd[]} = {makes: [], reads: []};
  for (const event of events) {
    if (event.kind === 'tie') continue;
    if (event.kind === 'operate') {
      const {operation, input, output} = event;
      const places = placesIn(input).map(({at, segment, index}) => {
        return {at, input: segment, output: numberOf(output.runs[index])};
      });
      uses.push({kind: 'operate', operation, width: widthOf(input), places});
      continue;
    }
    const {kind, mapOrEnd, value} = event;
    mapsAndEnds[kind === 'produce' ? 'makes' : 'reads'].push(mapOrEnd);
    const places = placesIn(value);
    if (mapOrEnd.kind !== 'trainable') for (const {segment} of places) fixedSegments.add(segment);
    else if (kind === 'consume') uses.push({kind, map: mapOrEnd, width: widthOf(value), places});
    else uses.push({kind, map: mapOrEnd, segment: places[0].segment});
  }
  const operations = uses.flatMap((use) => (use.kind === 'operate' ? [use.operation] : []));
  const fixed = (all: MapOrEnd[]) => all.find((mapOrEnd): mapOrEnd is FixedMap => mapOrEnd.kind === 'fixed');
  return {
    units,
    producer: fixed(mapsAndEnds.makes) ?? mapsAndEnds.makes[0],
    operations,
    consumer: fixed(mapsAndEnds.reads) ?? mapsAndEnds.reads[mapsAndEnds.reads.length - 1],
    tied: {
      uses,
      segments: segments.size,
      fixedSegments,
      ...straightPaths(events, (run) => run.space.root === space),
    },
  };
}
