/**
 * Weights that no output depends on become 0, so that they can be told from those that matter.
 *
 * Where all weights out of a unit are 0, those into it may be anything; where a unit is constant, because nothing enters it, its
 * constant goes into the biases after it. The function stays.
 */

import {identity, isTied, type Space, type TrainableMap} from './parts';
import {usesOf} from './unit_graph';

export type BiasSizes = Map<Float64Array, Float64Array>;

/** Returns the sizes of the terms of which biases have become sums. */
export function silence(spaces: readonly Space[]): BiasSizes {
  const sizes: BiasSizes = new Map();
  for (let changed = true; changed; ) {
    changed = false;
    for (const space of spaces) {
      for (let unit = 0; unit < space.units; unit++) {
        changed = foldConstant(space, unit, sizes) || changed;
        changed = clearUnread(space, unit) || changed;
      }
    }
  }
  return sizes;
}

const isZero = (values: number[]) => values.every((value) => value === 0);

/** The output of a unit that nothing enters, or that its own weights hold; null if it is not constant. */
function constantOf({producer, operations}: Space, unit: number): number | null {
  if (producer.kind !== 'trainable') return null;
  const into = producer.weightsInto(unit);
  const bias = producer.hasBias ? into[into.length - 1] : 0;
  let value: number | null = isZero(producer.hasBias ? into.slice(0, -1) : into) ? bias : null;
  for (const {onConstant} of operations) {
    if (!onConstant) return null;
    value = onConstant(value, unit);
  }
  return value;
}

function foldConstant(space: Space, unit: number, sizes: BiasSizes): boolean {
  const {units, consumer} = space;
  if (isTied(space) || consumer.kind !== 'trainable' || isZero(consumer.weightsFrom(unit))) return false;
  const constant = constantOf(space, unit);
  if (constant === null || (constant !== 0 && !consumer.takesShift)) return false;
  const plain = identity(units);
  const shift = new Float64Array(units);
  shift[unit] = -constant;
  if (constant !== 0) addSizes(consumer, unit, constant, sizes);
  consumer.relabelInputs({...plain, shift});
  if (constant !== 0) dropRounding(consumer.bias!, sizes.get(consumer.bias!)!);
  const factor = plain.factor.slice();
  factor[unit] = Infinity; // its weights are divided by it
  consumer.relabelInputs({...plain, factor});
  return true;
}

function addSizes({units, bias, weightsFrom}: TrainableMap, unit: number, constant: number, sizes: BiasSizes): void {
  const own = sizes.get(bias!) ?? bias!.map(Math.abs);
  for (const [k, weight] of weightsFrom(unit).entries()) own[k % units] += Math.abs(constant * weight);
  sizes.set(bias!, own);
}

/** What is 0 but for the rounding of the weights to float32. */
function dropRounding(bias: Float64Array, sizes: Float64Array): void {
  for (const [k, value] of bias.entries()) if (Math.abs(value) < 1e-6 * sizes[k]) bias[k] = 0;
}

function clearUnread(space: Space, unit: number): boolean {
  const uses = usesOf(space);
  const isFixed = isTied(space) ? space.tied.fixedSegments.size > 0 : space.consumer.kind !== 'trainable';
  // Some operations see all units together.
  if (isFixed || space.operations.some(({ignoresShift}) => ignoresShift)) return false;
  const isRead = uses.some(
    (use) => use.kind === 'consume' && use.places.some(({at}) => !isZero(use.map.weightsFrom(at + unit))),
  );
  if (isRead) return false;
  let changed = false;
  const makers = uses.flatMap((use): TrainableMap[] => (use.kind === 'produce' ? [use.map] : []));
  for (const maker of makers) {
    if (isZero(maker.weightsInto(unit))) continue;
    const {from, factor} = identity(space.units);
    factor[unit] = 0;
    maker.relabelOutputs({from, factor, shift: null});
    changed = true;
  }
  for (const use of uses) {
    if (use.kind !== 'operate') continue;
    for (const {at} of use.places) {
      for (const array of use.operation.arrays) if (array.set(at + unit, 1)) changed = true;
    }
  }
  return changed;
}
