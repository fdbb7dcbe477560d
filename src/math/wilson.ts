/** Wilson's interval for a probability of which `successes` of `trials` are seen; z = 1.96 for 95 %. */
export function wilsonInterval(successes: number, trials: number, z = 1.959963984540054): [low: number, high: number] {
  const share = successes / trials;
  const extra = (z * z) / trials;
  const middle = (share + extra / 2) / (1 + extra);
  const half = (z / (1 + extra)) * Math.sqrt((share * (1 - share)) / trials + extra / (4 * trials));
  return [successes === 0 ? 0 : middle - half, successes === trials ? 1 : middle + half];
}
