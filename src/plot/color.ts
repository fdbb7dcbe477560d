/** The colours of every picture: of the library, its pages, its examples and its notebooks. */

/** What a colour is for. */
export type Role = 'ground' | 'ink' | 'quiet' | 'line' | 'ours' | 'dense';

/** A colour for each role. */
export type Palette = {readonly [role in Role]: string};

/**
 * The colours of the pictures, light and dark: `ours` (blue) for what this package adds, `dense` (orange) for dense ReLU networks.
 *
 * The two stay apart for the colour-blind and in grey, and each has a contrast of at least 4.5 to its ground, so that text may
 * have them. For pictures of your own beside those of `pw.plot`.
 *
 * @example
 * console.log(pw.plot.colors.light.ours, pw.plot.colors.light.dense); // #1f5fd0 #b04a12
 */
export const colors: {readonly light: Palette; readonly dark: Palette} = {
  light: {ground: '#ffffff', ink: '#1d2025', quiet: '#5a6068', line: '#dcdad3', ours: '#1f5fd0', dense: '#b04a12'},
  dark: {ground: '#15181d', ink: '#e9e8e3', quiet: '#a3a9b2', line: '#343a44', ours: '#7aa8ff', dense: '#f0954f'},
};

/** Viridis at nine places: it grows evenly in lightness, so it reads in grey and for the colour-blind. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** The colour of a share from 0 to 1. */
export function colorOf(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const i = Math.min(Math.floor(place), VIRIDIS.length - 2);
  const mixed = VIRIDIS[i].map((from, channel) => Math.round(from + (place - i) * (VIRIDIS[i + 1][channel] - from)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
