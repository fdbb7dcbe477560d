/** How many additions of floats a second 128-bit instructions can do here: a loop of nothing else, in WebAssembly. */

/** Enough for every adder to have one in flight at each of its stages, and few enough for 16 registers. */
const SUMS = 12;
/** Additions to each sum in one round of the loop, against the cost of the loop itself. */
const UNROLLED = 8;
const LANES = 4;
const ROUNDS = 1000;

/** How many additions one run does. */
export const ADDITIONS = ROUNDS * UNROLLED * SUMS * LANES;

export async function additionLoop(): Promise<() => void> {
  const {instance} = await WebAssembly.instantiate(Uint8Array.from(moduleBytes()));
  const add = instance.exports.add as (rounds: number) => number;
  return () => add(ROUNDS);
}

const [I32, V128, F32] = [0x7f, 0x7b, 0x7d];
const GET = 0x20;
const SET = 0x21;
const F32X4_ADD = [0xfd, 0xe4, 0x01];
const F32X4_EXTRACT_FIRST = [0xfd, 0x1f, 0];

/** (rounds: i32) => f32: the sums are returned, or the engine would find that nobody wants them. */
function moduleBytes(): number[] {
  const sums = Array.from({length: SUMS}, (_, i) => 1 + i);
  const step = 1 + SUMS;
  const additions = Array.from({length: UNROLLED}, () =>
    sums.flatMap((sum) => [GET, sum, GET, step, ...F32X4_ADD, SET, sum]),
  ).flat();
  const countDown = [GET, 0, 0x41, 1, 0x6b, 0x22, 0]; // rounds = rounds - 1, and leave it on the stack
  const loop = [0x03, 0x40, ...additions, ...countDown, 0x0d, 0, 0x0b];
  const total = [GET, sums[0], ...sums.slice(1).flatMap((sum) => [GET, sum, ...F32X4_ADD]), ...F32X4_EXTRACT_FIRST];
  const body = [1, SUMS + 1, V128, ...loop, ...total, 0x0b];
  return [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, I32, 1, F32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...Buffer.from('add'), 0, 0]),
    ...section(10, [1, ...sized(body)]),
  ];
}

const section = (id: number, content: number[]) => [id, ...sized(content)];
const sized = (content: number[]) => [...leb128(content.length), ...content];
const leb128 = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >> 7)]);
