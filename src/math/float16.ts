/** Numbers of 16 bits as IEEE 754 defines them: 1 bit of sign, 5 of exponent, 10 of fraction. */

/** The largest that is finite. */
export const FLOAT16_MAX = 65504;

/** The bits of the nearest number of 16 bits, of two equally near ones the even one. */
export function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  // Below 2^-14 all are as far apart as there.
  const exponent = Math.max(-14, Math.min(16, Math.floor(Math.log2(size))));
  const steps = roundToEven(size / 2 ** (exponent - 10));
  // A carry goes on into the exponent, and up to infinity, by itself.
  return sign | Math.min(0x7c00, (exponent + 14) * 1024 + steps);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
