import {ratioOf} from './big_count';

/** Exact sums up to here take less than a second; longer ones go by logarithms. */
const EXACT = 4096;

/** 2^-n sum over k < terms of C(n, k), for 1 <= terms <= n. */
export function binomialTail(n: number, terms: number): number {
  if (2 * terms > n + 1) return 1 - binomialTail(n, n + 1 - terms);
  if (n > EXACT) return tailByLogarithms(n, terms);
  let coefficient = 1n;
  let sum = 0n;
  for (let k = 0; k < terms; k++) {
    sum += coefficient;
    coefficient = (coefficient * BigInt(n - k)) / BigInt(k + 1);
  }
  return ratioOf(sum, 1n << BigInt(n));
}

/** The largest term is the last; each before it is smaller by (k + 1) / (n - k). */
function tailByLogarithms(n: number, terms: number): number {
  let ratio = 1;
  let sum = 0;
  for (let k = terms - 1; k >= 0 && ratio > 1e-18 * sum; k--) {
    sum += ratio;
    ratio *= k / (n - k + 1);
  }
  const last = terms - 1;
  return sum * Math.exp(logFactorial(n) - logFactorial(last) - logFactorial(n - last) - n * Math.LN2);
}

/** ln n! by Stirling's series, from 16 on to the last bit. */
function logFactorial(n: number): number {
  if (n < 16) return n < 2 ? 0 : Math.log(n) + logFactorial(n - 1);
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}
