/** Numbers of a thing, each with the size against which its differences count. */
export interface Signature {
  /** What must be equal. */
  key: string;
  values: Float64Array;
  sizes: Float64Array;
}

/** Whether all numbers are equal up to a share of their sizes. */
export function isAlike(a: Signature, b: Signature, share: number): boolean {
  if (a.key !== b.key || a.values.length !== b.values.length) return false;
  for (let i = 0; i < a.values.length; i++) {
    if (Math.abs(a.values[i] - b.values[i]) > share * Math.max(a.sizes[i], b.sizes[i])) return false;
  }
  return true;
}

/** Groups of things such that those in different groups are not alike. Returns the group of each, counted from 0. */
export function groupAlike(things: readonly Signature[], share: number): Int32Array {
  let groups: number[][] = [];
  for (const [i, thing] of things.entries()) {
    const near = groups.filter((group) => group.some((k) => isAlike(things[k], thing, share)));
    if (near.length === 1) near[0].push(i);
    else groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), i]];
  }
  const groupOf = new Int32Array(things.length);
  for (const [number, group] of groups.entries()) for (const i of group) groupOf[i] = number;
  return groupOf;
}
