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

/** The colour of single things, dark enough on white. */
export const ACCENT = '#1f77b4';
export const MUTED = '#b0b0b0';
