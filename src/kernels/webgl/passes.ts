import {util} from '@tensorflow/tfjs';
import {type Along, packedView, unitsView, type View} from './view';

/** Butterflies of 2^bits texels at a time. */
export interface Pass {
  along: Along;
  bits: number;
  /** Elements from one of the texels to the next. */
  stride: number;
}

/** A transform as passes. The butterflies inside the texels are those of the first one. */
export interface Plan {
  view: View;
  passes: Pass[];
  inTexel: Along[];
  /** GLSL: the numbers that a vector of n has for the four elements of the texel at p; `get` reads it. */
  vectorAt(get: string, p: string): string;
  /** The view of a tensor with `units` instead of n, and, in GLSL, the unit of the element at p, and where another one is in it. */
  shorter: {view(units: number): View; unit: string; place(unit: string): string};
}

/** Radix 16 takes as long as radix 8 on a software GPU, with fewer textures in between; radix 32 takes longer. */
const MAX_BITS = 4;

/** How to transform the middle axis of x seen as [outer, n, inner]. */
export function planPasses(shape: number[], n: number, inner: number): Plan {
  const bits = Math.log2(n);
  if (n === 1) {
    const view = packedView(shape);
    const shorter = {view: () => view, unit: '0', place: () => 'p'};
    return {view, passes: inSteps('columns', 0), inTexel: [], vectorAt: (get) => `${get}(0).rrrr`, shorter};
  }
  if (n > 2 && util.sizeFromShape(shape) === n) return planOneRow(bits);
  const {view, along} = unitsView(shape, n, inner);
  const vectorAt = (get: string, p: string) => (along === 'rows' ? `${get}(${p}.y).rrgg` : `${get}(${p}.z).rgrg`);
  const shorter =
    along === 'rows'
      ? {
          view: (units: number): View => [view[0], units, view[2]],
          unit: 'p.y',
          place: (unit: string) => `ivec3(p.x, ${unit}, p.z)`,
        }
      : {
          view: (units: number): View => [view[0], view[1], units],
          unit: 'p.z',
          place: (unit: string) => `ivec3(p.x, p.y, ${unit})`,
        };
  return {view, passes: inSteps(along, bits - 1), inTexel: [along], vectorAt, shorter};
}

/** One row would leave half of each texel empty. As a matrix it fills them: H(ab) = H(a) kron H(b). */
function planOneRow(bits: number): Plan {
  const columnBits = MAX_BITS * Math.floor((bits - 2) / (2 * MAX_BITS)); // of the texels: no more passes than for a row
  const columns = 2 ** (columnBits + 1);
  const passes = [...(columnBits > 0 ? inSteps('columns', columnBits) : []), ...inSteps('rows', bits - 2 - columnBits)];
  return {
    view: [1, 2 ** bits / columns, columns],
    passes,
    inTexel: ['columns', 'rows'],
    shorter: {
      view: (units) => [1, 1, units],
      unit: `(p.y * ${columns} + p.z)`,
      place: (unit) => `ivec3(0, 0, ${unit})`,
    },
    vectorAt: (get, p) =>
      `vec4(${get}(${p}.y * ${columns} + ${p}.z).rg, ${get}((${p}.y + 1) * ${columns} + ${p}.z).rg)`,
  };
}

/** The butterflies along 2^bits texels in the fewest passes, as equal as they can be, the last ones smaller. */
function inSteps(along: Along, bits: number): Pass[] {
  const count = Math.max(1, Math.ceil(bits / MAX_BITS));
  let stride = 2;
  return Array.from({length: count}, (_, i) => {
    const pass = {along, bits: Math.floor(bits / count) + (i < bits % count ? 1 : 0), stride};
    stride *= 2 ** pass.bits;
    return pass;
  });
}
