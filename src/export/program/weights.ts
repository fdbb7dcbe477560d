import {fail} from '../../errors';
import {FLOAT16_MAX, float16Bits} from '../../math/float16';
import type {Constant, Graph, Value} from '../lower/operations';
import type {Program} from './program';

/** How weights are stored: as they are, with 11 significant bits, or as one of 256 values between the least and the largest. */
export type WeightType = 'float32' | 'float16' | 'uint8';

export const WEIGHT_TYPES: readonly WeightType[] = ['float32', 'float16', 'uint8'];

/** A constant as a format stores it. */
export type Stored = {readonly constant: Constant} & (
  | {readonly type: 'drawn'; readonly drawn: NonNullable<Constant['drawn']>}
  | {readonly type: 'index'; readonly data: Int32Array}
  | {readonly type: 'float32'; readonly data: Float32Array}
  | {readonly type: 'float16'; readonly data: Uint16Array}
  | Quantized
);

/** `(q + shift) * scale`, with a scale and a shift for each channel: that of place i is i modulo their number. */
export interface Quantized {
  readonly type: 'uint8';
  readonly data: Uint8Array;
  readonly scales: Float32Array;
  readonly shifts: Int16Array;
}

/** Fewer numbers are not worth the code that reads them. */
const MIN_LENGTH = 16;

/** Shorter channels are scaled together: a scale and a shift take 8 bytes. */
const MIN_CHANNEL = 64;

/** A shift takes 16 bits. Where numbers lie closer together than that goes with, a step is still less than those of float16. */
const MAX_SHIFT = 2 ** 15 - 2;

export function storedOf(program: Program, graph: Graph, weights: WeightType, who: string): Stored[] {
  const divisors = new Set<Value>(graph.operations.flatMap(({kind, inputs}) => (kind === 'div' ? [inputs[1]] : [])));
  return program.constants.map((constant): Stored => {
    const {data, drawn, name} = constant;
    if (drawn) return {constant, type: 'drawn', drawn};
    if (data instanceof Int32Array) return {constant, type: 'index', data};
    // What divides bends a wave where another number, which must fit it, bends it back.
    if (weights === 'float32' || data.length < MIN_LENGTH || divisors.has(constant)) {
      return {constant, type: 'float32', data};
    }
    const odd = data.find((value) => !Number.isFinite(value));
    if (odd !== undefined) {
      fail(`${who}, weight ${name}`, `numbers must be finite for weights '${weights}'`, odd, "Use weights 'float32'.");
    }
    if (weights === 'uint8') return {constant, ...quantized(data, channelsOf(constant, graph))};
    const fits = data.every((value) => Math.abs(value) <= FLOAT16_MAX);
    return fits
      ? {constant, type: 'float16', data: Uint16Array.from(data, float16Bits)}
      : {constant, type: 'float32', data};
  });
}

/** The outputs of a kernel, if each has enough numbers for a scale of its own. */
function channelsOf(constant: Constant, {operations}: Graph): number {
  const uses = operations.filter(({inputs}) => (inputs as readonly Value[]).includes(constant));
  const channels = uses.map(({kind, inputs}) => {
    if (inputs[1] !== constant || inputs[0] === constant) return 1;
    if (kind === 'matMul' || kind === 'conv') return constant.shape.at(-1)!;
    return kind === 'depthwiseConv2d' ? constant.shape.at(-2)! * constant.shape.at(-1)! : 1;
  });
  const [first] = channels;
  const isOne = channels.every((one) => one === first);
  return isOne && constant.data.length / first >= MIN_CHANNEL ? first : 1;
}

function quantized(data: Float32Array, channels: number): Quantized {
  const scales = new Float32Array(channels);
  const shifts = new Int16Array(channels);
  for (let c = 0; c < channels; c++) {
    const own = data.filter((_, i) => i % channels === c);
    const low = own.reduce((a, b) => Math.min(a, b));
    const high = own.reduce((a, b) => Math.max(a, b));
    // One number has no range: any scale gives it.
    scales[c] = high > low ? roundedUp(Math.max((high - low) / 254, Math.abs(low) / MAX_SHIFT)) : Math.abs(high) || 1;
    // A whole number: zero stays zero, so units that are off stay off.
    shifts[c] = Math.floor(low / scales[c]);
  }
  const q = Uint8Array.from(data, (value, i) => {
    const c = i % channels;
    return Math.min(255, Math.max(0, Math.round(value / scales[c] - shifts[c])));
  });
  return {type: 'uint8', data: q, scales, shifts};
}

/** To three digits, which are short to write. */
function roundedUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.max(2 ** -126, Math.ceil(value / unit) * unit);
}
