/** The affine function that a network is near a point. */

import {commonMultiple, overOne, type Rational, ratio, rational, signOf} from './rational';
import type {Bent, Extreme, Linear, Network, Step} from './steps';

/** An affine function of the coordinates of a segment or plane as integers [...slopes, constant], over the scale of its values. */
export type Form = bigint[];

/** Where a network is looked at: a point [...coordinates, weight], and then directions of less and less weight. */
export type Probe = readonly (readonly bigint[])[];

export interface Piece {
  /** Functions that are nowhere below 0 on the piece, and not constant. */
  sides: Form[];
  output: Form[];
  /** What the output is over. */
  scale: bigint;
  /** Which piece of its function each unit is on, as text. */
  pattern: string;
  /**
   * The least of all numbers that decide where it ends, each as a share of the terms that it is a sum of: how near the piece is
   * to being another one. Only with sizes in the input.
   */
  margin: number;
}

export interface Values {
  forms: Form[];
  scale: bigint;
  /** For each form and each point of a probe, the sum of the absolute values of the terms, as far back as the input. */
  sizes?: number[][];
}

export const dot = (form: readonly bigint[], at: readonly bigint[]): bigint => {
  let sum = form[0] * at[0];
  for (let i = 1; i < form.length; i++) sum += form[i] * at[i];
  return sum;
};

/** The sign of a function at a point, or where it is 0 there, a little further on. */
export function signNear(form: Form, probe: Probe): number {
  for (const at of probe) {
    const value = dot(form, at);
    if (value !== 0n) return signOf(value);
  }
  return 0;
}

const isConstant = (form: Form) => form.every((c, i) => c === 0n || i === form.length - 1);

/** A function that is not below 0 on the piece; `sizes` of its terms, in units of 1 / scale. */
function addSide(piece: Piece, form: Form, probe: Probe, scale: bigint, sizes: number[] | undefined): void {
  piece.sides.push(form);
  for (const [p, size] of sizes?.entries() ?? []) {
    const value = dot(form, probe[p]);
    const weight = p === 0 ? probe[0][form.length - 1] : 1n;
    const share = Math.abs(ratio(value, scale * weight)) / size;
    if (share > 0 && share < piece.margin) piece.margin = share; // of numbers that no double holds, it is NaN
  }
}

/** The affine function that a network is at a point, or a little further on. */
export function pieceAt(network: Network, input: Values, probe: Probe): Piece {
  const piece: Piece = {sides: [], output: [], scale: 1n, pattern: '', margin: Infinity};
  const all: Values[] = [input];
  for (const {reads, steps} of network.stages) {
    let values = together(reads.map((place) => all[place]));
    for (const step of steps) values = follow(step, values, probe, piece);
    all.push(values);
  }
  const {forms, scale} = all[network.output];
  return {...piece, output: forms, scale};
}

/** Values one after the other, over one scale. */
function together(parts: Values[]): Values {
  if (parts.length === 1) return parts[0];
  const scale = parts.reduce((all, part) => commonMultiple(all, part.scale), 1n);
  const forms = parts.flatMap((part) => {
    const factor = scale / part.scale;
    return factor === 1n ? part.forms : part.forms.map((form) => form.map((c) => c * factor));
  });
  return {forms, scale, sizes: parts[0].sizes && parts.flatMap(({sizes}) => sizes!)};
}

function follow(step: Step, values: Values, probe: Probe, piece: Piece): Values {
  switch (step.kind) {
    case 'linear':
      return throughLinear(step, values);
    case 'bent':
      return throughBent(step, values, probe, piece);
    case 'extreme':
      return throughExtreme(step, values, probe, piece);
    case 'zigzag':
      return throughZigzag(values, probe, piece);
  }
}

function throughLinear({rows, scale}: Linear, values: Values): Values {
  const length = values.forms[0].length;
  const forms = rows.map(({from, by, plus}) => {
    const sum = new Array<bigint>(length).fill(0n);
    for (let k = 0; k < from.length; k++) {
      const form = values.forms[from[k]];
      for (let i = 0; i < length; i++) if (form[i] !== 0n) sum[i] += by[k] * form[i];
    }
    sum[length - 1] += plus * values.scale;
    return sum;
  });
  return {
    forms,
    scale: values.scale * scale,
    sizes: values.sizes && rows.map((row) => sizesOfSum(values.sizes!, row, scale)),
  };
}

/** A constant has a size at the point of a probe only, not in directions. */
function sizesOfSum(sizes: number[][], {from, by, plus}: Linear['rows'][number], scale: bigint): number[] {
  const sums = sizes[0].map((_, p) => (p === 0 ? Math.abs(ratio(plus, scale)) : 0));
  for (const [k, place] of from.entries()) {
    const factor = Math.abs(ratio(by[k], scale));
    for (const p of sums.keys()) sums[p] += factor * sizes[place][p];
  }
  return sums;
}

/** form - at, times the denominator. */
function lessThan(form: Form, scale: bigint, [n, d]: Rational): Form {
  if (n === 0n) return form;
  const shifted = d === 1n ? [...form] : form.map((c) => c * d);
  shifted[form.length - 1] -= n * scale;
  return shifted;
}

const negative = (form: Form): Form => form.map((c) => -c);

function throughBent(step: Bent, {forms, scale, sizes}: Values, probe: Probe, piece: Piece): Values {
  const chosen = forms.map((form, unit) => {
    const {kinks, pieces} = step.functions[unit];
    let at = 0;
    while (at < kinks.length && signNear(lessThan(form, scale, kinks[at]), probe) > 0) at++;
    if (!isConstant(form)) {
      if (at > 0) addSide(piece, ...kinkSide(form, scale, kinks[at - 1], probe, sizes?.[unit]));
      if (at < kinks.length) {
        const [below, ...rest] = kinkSide(form, scale, kinks[at], probe, sizes?.[unit]);
        addSide(piece, negative(below), ...rest);
      }
    }
    piece.pattern += kinks.length > 0 ? `${at},` : '';
    return pieces[at];
  });
  return {
    forms: forms.map((form, unit) => along(form, scale, chosen[unit])),
    scale: scale * step.scale,
    sizes: sizes?.map((_, unit) =>
      sizesOfSum(sizes, {from: [unit], by: [chosen[unit].slope], plus: chosen[unit].plus}, step.scale),
    ),
  };
}

type SideArgs = [form: Form, probe: Probe, scale: bigint, sizes: number[] | undefined];

function kinkSide(form: Form, scale: bigint, kink: Rational, probe: Probe, sizes: number[] | undefined): SideArgs {
  const own = sizes?.map((size, p) => (p === 0 ? size + Math.abs(ratio(...kink)) : size));
  return [lessThan(form, scale, kink), probe, kink[0] === 0n ? scale : scale * kink[1], own];
}

function along(form: Form, scale: bigint, {slope, plus}: {slope: bigint; plus: bigint}): Form {
  const result = form.map((c) => c * slope);
  if (plus !== 0n) result[form.length - 1] += plus * scale;
  return result;
}

function throughExtreme({sign, windows}: Extreme, {forms, scale, sizes}: Values, probe: Probe, piece: Piece): Values {
  const difference = (a: Form, b: Form) => a.map((c, i) => sign * (c - b[i]));
  const chosen = windows.map((window) => {
    let best = window[0];
    for (const other of window) if (signNear(difference(forms[other], forms[best]), probe) > 0) best = other;
    for (const other of window) {
      const side = difference(forms[best], forms[other]);
      const own = sizes?.[best].map((size, p) => size + sizes[other][p]);
      if (!isConstant(side)) addSide(piece, side, probe, scale, own);
    }
    piece.pattern += `${best},`;
    return best;
  });
  return {forms: chosen.map((k) => forms[k]), scale, sizes: sizes && chosen.map((k) => sizes[k])};
}

function throughZigzag({forms, scale, sizes}: Values, probe: Probe, piece: Piece): Values {
  const [point] = probe;
  const turns = forms.map((form, unit) => {
    const one = scale * point[point.length - 1];
    const value = dot(form, point);
    let turn = value / one - (value < 0n && value % one !== 0n ? 1n : 0n);
    if (signNear(lessThan(form, scale, [turn, 1n]), probe) < 0) turn--; // at an integer, and on its way down
    if (!isConstant(form)) {
      addSide(piece, ...kinkSide(form, scale, [turn, 1n], probe, sizes?.[unit]));
      const [below, ...rest] = kinkSide(form, scale, [turn + 1n, 1n], probe, sizes?.[unit]);
      addSide(piece, negative(below), ...rest);
    }
    piece.pattern += `${turn},`;
    return turn;
  });
  return {
    forms: forms.map((form, unit) => {
      const turn = turns[unit];
      return turn % 2n === 0n ? lessThan(form, scale, [turn, 1n]) : negative(lessThan(form, scale, [turn + 1n, 1n]));
    }),
    scale,
    sizes: sizes?.map((_, unit) => sizesOfSum(sizes, {from: [unit], by: [1n], plus: turns[unit]}, 1n)),
  };
}

/** Whether the output of two pieces that meet differs, by however little. */
export const isBentBetween = (a: Piece, b: Piece): boolean =>
  a.output.some((form, i) => form.some((c, k) => c !== b.output[i][k]));

/** Points as the values of the input: of `start + sum_i t_i directions[i]` the forms [...directions, start]. */
export function inputForms(start: readonly Rational[], directions: readonly (readonly Rational[])[]): Values {
  const {integers, scale} = overOne([...directions.flat(), ...start]);
  const size = start.length;
  const forms = start.map((_, unit) =>
    Array.from({length: directions.length + 1}, (__, i) => integers[i * size + unit]),
  );
  return {forms, scale};
}

/** With the sizes that a probe finds. */
export function sized({forms, scale}: Values, probe: Probe): Values {
  const of = (form: Form, at: readonly bigint[]) => {
    const terms = form.reduce((sum, c, i) => sum + (c * at[i] < 0n ? -c * at[i] : c * at[i]), 0n);
    return ratio(terms, scale * (at[form.length - 1] || 1n));
  };
  return {forms, scale, sizes: forms.map((form) => probe.map((at) => of(form, at)))};
}

export const exactly = (numbers: Iterable<number>): Rational[] => Array.from(numbers, rational);
