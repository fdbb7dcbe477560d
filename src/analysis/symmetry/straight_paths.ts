/**
 * What the branches of a model leave open: constants and matrices that pass on along a path without a bend, beside the factors
 * that are counted.
 */

import type {ChannelEvent, Run} from './channel_events';
import {type End, type FixedMap, isTied, type Space, type TrainableMap, type UnitOperation} from './parts';

/** How the values of some units came about since the last bend. */
interface Path {
  /** A trainable map made them, or a part of their sum. */
  straight: boolean;
  /** Trainable constants in them. */
  constants: number;
  /** They have passed a bend, and no map since. */
  bent: boolean;
  /** Values of one origin are equal. */
  origin: object;
}

export interface StraightPaths {
  /** There are symmetries beyond permutations, and beyond one factor for each segment. */
  hasMore: boolean;
  /** A trainable map reads what another makes, without a bend between. */
  joinsMaps: boolean;
}

/** Follows the units of a space through the events that act on them. */
export function straightPaths(events: readonly ChannelEvent[], isOwn: (run: Run) => boolean): StraightPaths {
  const paths = new Map<Run, Path>();
  const found = {hasMore: false, joinsMaps: false};
  const set = (runs: readonly Run[], pathOf: (i: number) => Path) => {
    for (const [i, run] of runs.entries()) if (isOwn(run)) paths.set(run, pathOf(i));
  };

  for (const event of events) {
    if (event.kind === 'produce') set(event.value.runs, () => startOf(event.mapOrEnd));
    else if (event.kind === 'operate') {
      const before = event.input.runs;
      set(event.output.runs, (i) => operate(event.operation, paths.get(before[i])!));
    } else if (event.kind === 'tie') {
      set(event.value.runs, (i) =>
        met(
          event.inputs.map(({runs}) => paths.get(runs[i])!),
          event.adds,
        ),
      );
    } else read(event.mapOrEnd, event.value.runs.filter(isOwn));
  }
  return found;

  function startOf(map: TrainableMap | FixedMap | End): Path {
    const straight = map.kind === 'trainable';
    return {straight, constants: straight && map.hasBias ? 1 : 0, bent: false, origin: {}};
  }

  function operate(operation: UnitOperation, path: Path): Path {
    const {factors = 0, constants = 0, centers, filters, ignoresShift, picks, linear} = operation;
    // Its weights make up for those before it, or share what they have.
    if (linear && (factors > 0 || constants > 0 || centers || filters)) found.hasMore = true;
    // The largest of several sums with one constant is that constant and the largest of the sums.
    if (ignoresShift || (picks && path.constants > 0)) found.hasMore = true;
    if (linear) return operation.averages || operation.arrays.length > 0 ? {...path, origin: {}} : path;
    // A bend right after another may be one that its values never reach.
    if (path.bent && !path.straight && !picks) found.hasMore = true;
    return picks ? {...path, origin: {}} : {straight: false, constants: 0, bent: true, origin: {}};
  }

  /** The path of branches that are added, or lie beside each other. */
  function met(all: Path[], adds: boolean): Path {
    const constants = all.reduce((sum, path) => (adds ? sum + path.constants : Math.max(sum, path.constants)), 0);
    if (constants > 1) found.hasMore = true;
    return {
      straight: all.some(({straight}) => straight),
      constants,
      bent: all.every(({bent}) => bent),
      origin: {},
    };
  }

  function read(map: TrainableMap | FixedMap | End, runs: readonly Run[]): void {
    if (map.kind === 'end') return;
    const own = runs.map((run) => paths.get(run)!);
    if (new Set(own.map(({origin}) => origin)).size < own.length) found.hasMore = true;
    if (!own.some(({straight}) => straight)) return;
    found.hasMore = true;
    found.joinsMaps = true;
  }
}

const makersOf = (space: Space) =>
  isTied(space) ? space.tied.uses.flatMap((use) => (use.kind === 'produce' ? [use.map] : [])) : [space.producer];
const readersOf = (space: Space) =>
  isTied(space) ? space.tied.uses.flatMap((use) => (use.kind === 'consume' ? [use.map] : [])) : [space.consumer];

/**
 * Whether a map reads both the units and what they are made of. Such units can be turned round, as in relu(z) = z + relu(-z): the map
 * takes the z up, and of slopes all but their difference.
 */
export function isBypassed(space: Space, spaces: readonly Space[]): boolean {
  if (space.operations.every(({linear, takes}) => linear || takes === 'sign')) return false;
  const [makers, readers] = [makersOf(space), readersOf(space)];
  return spaces.some((other) => {
    const reading = other === space ? [] : readersOf(other);
    return reading.some((map) => makers.includes(map)) && reading.some((map) => readers.includes(map));
  });
}
