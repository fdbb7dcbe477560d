import {affineOf, binaryInverse, binaryProduct, parity, transposed} from '../../math/binary_affine';
import {walkTied} from './branches';
import type {Choice, Chooser, Freedom} from './choices';
import {type FixedMap, identity, isTied, type Mixing, type Signal, type UnitOperation} from './parts';

/** Applies the symmetry that `chooser` chooses to the weights, and returns it. */
export function walk(freedoms: Freedom[], chooser: Chooser): Choice[] {
  let signal = identity(freedoms[0].space.units);
  return freedoms.map((freedom, i) => {
    if (isTied(freedom.space)) return walkTied({...freedom, space: freedom.space}, chooser);
    const {units, producer, operations, consumer} = freedom.space;
    const plain = identity(units);
    const before = freedoms[i - 1]?.space;
    if (i > 0 && (isTied(before) || before.consumer !== producer)) signal = plain;
    const choice: Choice = {from: signal.from, factors: []};
    const factorsOf = (source: UnitOperation | Mixing) => {
      const segment = choice.factors.length;
      const given = freedom.segments[segment].per === 'given';
      const factor = given ? plain.factor : chooser.factors(freedom, segment, source, choice.from);
      choice.factors.push(factor);
      return factor;
    };
    if (producer.kind === 'mixing') {
      choice.from = freedom.permutations === 'given' ? plain.from : chooser.order(freedom, producer);
      producer.relabelOutputs({...plain, from: choice.from});
      signal = {...plain, from: choice.from, factor: factorsOf(producer)};
      producer.relabelOutputs({...signal, from: plain.from});
    } else {
      choice.factors.push(signal.factor);
    }
    for (const operation of operations) {
      signal = operation.relabel(signal, operation.gives && plain.factor);
      if (!operation.gives) continue;
      signal = {...signal, factor: factorsOf(operation)};
      operation.relabel(plain, signal.factor);
    }
    if (consumer.kind === 'mixing') consumer.relabelInputs(signal);
    if (consumer.kind === 'fixed') signal = throughMap(consumer, signal);
    return choice;
  });
}

/** The factors before a fixed map behind which a relabeling of units comes out: `scale` times a Walsh function. */
export function characterFactors({space}: Freedom, scale: number, character: number, from: Int32Array): Float64Array {
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
function throughMap(map: FixedMap, {from, factor}: Signal): Signal {
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
