/** Says that a claim holds, or fails the notebook. */
export function claim(text: string, holds: boolean): void {
  if (!holds) throw new Error(`This claim does not hold: ${text}`);
  console.log(`It holds: ${text}`);
}
