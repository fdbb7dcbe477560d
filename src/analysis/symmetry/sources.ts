import {isTied, type Mixing, type Space, type UnitOperation} from './parts';

/** What makes up factors of its own. */
export type Source = Mixing | UnitOperation;

/** The weights of a unit that are proportional to its factor. */
export const weightsOf = (source: Source, unit: number): number[] =>
  source.kind === 'mixing' ? source.weightsInto(unit) : source.weightsOf(unit);

/** An operation on more channels as one on the units that begin at a place. */
export const sliceOf = (operation: UnitOperation, at: number): UnitOperation => ({
  ...operation,
  weightsOf: (unit) => operation.weightsOf(at + unit),
});

/** The source of each segment, the first of several. */
export function sourcesOf(space: Space): Source[] {
  if (!isTied(space)) return [space.producer as Mixing, ...space.operations.filter(({gives}) => gives !== null)];
  const sources: Source[] = [];
  for (const use of space.tied.uses) {
    if (use.kind === 'produce') sources[use.segment] ??= use.mixing;
    if (use.kind !== 'operate' || use.operation.gives === null) continue;
    for (const {at, output} of use.places) sources[output] ??= sliceOf(use.operation, at);
  }
  return sources;
}
