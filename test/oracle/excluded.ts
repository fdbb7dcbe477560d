/**
 * What the instruments are known to get wrong, and why: answers that are of all kinds of a line are not asked for. A line is
 * deleted when its fault is mended.
 */
export const EXCLUDED: readonly {kinds: readonly string[]; because: string}[] = [];
