/** A network as exact steps, and the affine function that it is near a point. */

import {commonMultiple, overOne, type Rational, ratio, rational, signOf, ZERO} from './rational';

/** An affine function of the coordinates of a segment or plane as integers [...slopes, constant], over the scale of its values. */
export type Form = bigint[];

/** Sums of numbers with factors: `(sum_k by[k] x[from[k]] + plus) / scale`. */
interface Linear {
  kind: 'linear';
  rows: {from: readonly number[]; by: readonly bigint[]; plus: bigint}[];
  scale: bigint;
}

/** One continuous function of one variable a unit. */
interface Bent {
  kind: 'bent';
  functions: readonly Bend[];
  scale: bigint;
}

/** The largest, or the smallest, of some values. */
interface Extreme {
  kind: 'extreme';
  sign: 1n | -1n;
  windows: readonly (readonly number[])[];
}

/** The distance to the nearest even number. */
interface Zigzag {
  kind: 'zigzag';
}

export type Step = Linear | Bent | Extreme | Zigzag;

/** `slope x + plus` between two kinks, over the scale of the step. */
interface Bend {
  kinks: readonly Rational[];
  pieces: readonly {slope: bigint; plus: bigint}[];
}

/** The steps of one layer, which read the values of others. */
export interface Stage {
  /** Places of the values that it reads, 0 for the input of the network. */
  reads: readonly number[];
  steps: readonly Step[];
}

export interface Network {
  inputShape: number[];
  /** Stage i gives the values at place i + 1. */
  stages: Stage[];
  output: number;
  /** A softmax or the like at the end was left out. */
  cut: boolean;
}

export const weighted = (rows: {from: readonly number[]; by: readonly Rational[]; plus?: Rational}[]): Linear => {
  const {integers, scale} = overOne(rows.flatMap(({by, plus}) => [...by, plus ?? ZERO]));
  let next = 0;
  return {
    kind: 'linear',
    scale,
    rows: rows.map(({from, by}) => ({from, by: by.map(() => integers[next++]), plus: integers[next++]})),
  };
};

/** Kinks and the pieces between them, by slope and constant. */
export interface PieceList {
  kinks: readonly Rational[];
  pieces: readonly (readonly [slope: Rational, plus: Rational])[];
}

export function bent(functions: readonly PieceList[]): Bent {
  const straightened = functions.map(straighten);
  const {integers, scale} = overOne(straightened.flatMap(({pieces}) => pieces.flat()));
  let next = 0;
  return {
    kind: 'bent',
    scale,
    functions: straightened.map(({kinks, pieces}) => ({
      kinks,
      pieces: pieces.map(() => ({slope: integers[next++], plus: integers[next++]})),
    })),
  };
}

/** Without kinks at which the slope stays the same. */
function straighten({kinks, pieces}: PieceList): PieceList {
  const isBend = kinks.map((_, i) => {
    const [[a, b], [c, d]] = [pieces[i][0], pieces[i + 1][0]];
    return a * d !== c * b;
  });
  return {kinks: kinks.filter((_, i) => isBend[i]), pieces: pieces.filter((_, i) => i === 0 || isBend[i - 1])};
}

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
   * The least of all numbers that decide, each as a share of the terms that it is a sum of: how near the piece is to being
   * another one. Only with sizes in the input.
   */
  margin: number;
  /** Of the output, as in {@link Values}. */
  sizes?: number[][];
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
  const {forms, scale, sizes} = all[network.output];
  return {...piece, output: forms, scale, sizes};
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
  const sizes =
    values.sizes &&
    rows.map(({from, by, plus}) =>
      sizesOfSum(
        from.map((k) => values.sizes![k]),
        by,
        plus,
        scale,
      ),
    );
  return {forms, scale: values.scale * scale, sizes};
}

/** A constant has a size at the point of a probe only, not in directions. */
function sizesOfSum(terms: number[][], by: readonly bigint[], plus: bigint, scale: bigint): number[] {
  const factors = by.map((factor) => Math.abs(ratio(factor, scale)));
  const constant = Math.abs(ratio(plus, scale));
  const probes = terms[0]?.length ?? 3;
  return Array.from({length: probes}, (_, p) =>
    terms.reduce((sum, sizes, k) => sum + factors[k] * sizes[p], p === 0 ? constant : 0),
  );
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
    sizes: sizes?.map((own, unit) => sizesOfSum([own], [chosen[unit].slope], chosen[unit].plus, step.scale)),
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
    sizes: sizes?.map((own, unit) => sizesOfSum([own], [1n], turns[unit], 1n)),
  };
}

/**
 * How far the output of two pieces that meet differs a little further on in a direction, the second point of their probes:
 * as a share of its terms if there are any sizes; 0 if it does not.
 */
export function bendBetween(a: Piece, b: Piece, direction: readonly bigint[]): number {
  const shares = a.output.map((form, i) => {
    if (form.every((c, k) => c === b.output[i][k])) return 0;
    if (!a.sizes || !b.sizes) return Infinity;
    const change = dot(b.output[i], direction) - dot(form, direction);
    return Math.abs(ratio(change, a.scale)) / (a.sizes[i][1] + b.sizes[i][1]);
  });
  return Math.max(...shares);
}

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
