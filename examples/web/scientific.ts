/** Small numbers as people write them: 1.2·10⁻³. */
export function scientific(value: number): string {
  if (!(value > 0)) return String(value);
  const exponent = Math.floor(Math.log10(value));
  return exponent >= -2 ? value.toFixed(3) : `${(value / 10 ** exponent).toFixed(1)}·${powerOfTen(exponent)}`;
}

/** 10⁻³ of -3, and plain numbers down to 0.01. */
export function powerOfTen(exponent: number): string {
  if (exponent >= -2) return String(Number((10 ** exponent).toPrecision(1)));
  return `10⁻${[...String(-exponent)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
}
