import {affineOf, binaryInverse, binaryProduct, parity, transposed} from '../../math/binary_affine';
import {relabelBranches} from './branches';
import type {AllowedRelabelings, RelabelingRule, SpaceRelabeling} from './choices';
import {type FixedMap, identity, isTied, type Relabeling, type TrainableMap, type UnitOperation} from './parts';

/** Applies the symmetry that `rule` chooses to the weights, and returns it. */
export function relabel(allowedBySpace: AllowedRelabelings[], rule: RelabelingRule): SpaceRelabeling[] {
  let relabeling = identity(allowedBySpace[0].space.units);
  return allowedBySpace.map((allowed, i) => {
    if (isTied(allowed.space)) return relabelBranches({...allowed, space: allowed.space}, rule);
    const {units, producer, operations, consumer} = allowed.space;
    const plain = identity(units);
    const before = allowedBySpace[i - 1]?.space;
    if (i > 0 && (isTied(before) || before.consumer !== producer)) relabeling = plain;
    const choice: SpaceRelabeling = {from: relabeling.from, factors: []};
    const factorsOf = (source: UnitOperation | TrainableMap) => {
      const segment = choice.factors.length;
      const given = allowed.segments[segment].per === 'fixed';
      const factor = given ? plain.factor : rule.factors(allowed, segment, source, choice.from);
      choice.factors.push(factor);
      return factor;
    };
    if (producer.kind === 'trainable') {
      choice.from = allowed.permutations === 'fixed' ? plain.from : rule.order(allowed, producer);
      producer.relabelOutputs({...plain, from: choice.from});
      relabeling = {...plain, from: choice.from, factor: factorsOf(producer)};
      producer.relabelOutputs({...relabeling, from: plain.from});
    } else {
      choice.factors.push(relabeling.factor);
    }
    for (const operation of operations) {
      relabeling = operation.relabel(relabeling, operation.gives && plain.factor);
      if (!operation.gives) continue;
      relabeling = {...relabeling, factor: factorsOf(operation)};
      operation.relabel(plain, relabeling.factor);
    }
    if (consumer.kind === 'trainable') consumer.relabelInputs(relabeling);
    if (consumer.kind === 'fixed') relabeling = relabelThrough(consumer, relabeling);
    return choice;
  });
}

/** The factors before a fixed map that make a relabeling of units after it: `scale` times a Walsh function. */
export function characterFactors(
  {space}: AllowedRelabelings,
  scale: number,
  character: number,
  from: Int32Array,
): Float64Array {
  const signs = signsOf(space.consumer as FixedMap);
  return Float64Array.from(from, (old, i) => {
    const walsh = parity(character & i) ? -1 : 1;
    return scale * walsh * (signs ? signs[i] * signs[old] : 1);
  });
}

function signsOf({passes}: FixedMap): Float32Array | null {
  return typeof passes === 'object' ? passes.signs : null;
}

/**
 * With x'[i] = c w_s(i) d[i] d[A i + b] x[A i + b], the transform H(d x') at j is c w_b(m) H(d x) at m, where
 * m = A^-T (j + s), up to the sign of w_b at the place of A: the sum over i becomes one over A i + b.
 */
function relabelThrough(map: FixedMap, {from, factor}: Relabeling): Relabeling {
  const signs = signsOf(map);
  if (!signs) return {...identity(map.units), factor: new Float64Array(map.units).fill(factor[0])};
  const affine = affineOf(from);
  const inverse = affine && binaryInverse(transposed(affine.columns));
  if (!affine || !inverse) throw new Error(`layer ${map.layer}: the transform does not pass this permutation.`);
  const plain = factor.map((f, i) => f * signs[i] * signs[from[i]]);
  let character = 0;
  for (let bit = 1; bit < plain.length; bit <<= 1) if (plain[bit] * plain[0] < 0) character |= bit;
  const order = from.map((_, j) => binaryProduct(inverse, j ^ character));
  return {
    from: order,
    factor: Float64Array.from(order, (m) => plain[0] * (parity(affine.offset & m) ? -1 : 1)),
    shift: null,
  };
}
