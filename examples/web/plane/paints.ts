/** The colours of a mosaic, from those of the page. */

export type Rgb = readonly [r: number, g: number, b: number];

export interface Paints {
  /** The tint of a tile for hollow points, and that for filled ones. */
  pale: Rgb;
  full: Rgb;
  ink: string;
  ground: string;
  /** Between tiles. */
  grout: string;
}

/** How much of its colour a mosaic has where it is palest. */
const PALE = 0.12;

export function paintsOf(element: Element, family: 'ours' | 'dense'): Paints {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const [own, ground] = [rgb(color(`--${family}`)), rgb(color('--card'))];
  return {
    pale: mixed(ground, own, PALE),
    full: own,
    ink: color('--ink'),
    ground: color('--card'),
    grout: `rgb(${ground.join(' ')} / 0.4)`,
  };
}

export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (k: number) => Math.round(from[k] + share * (to[k] - from[k]));
  return [at(0), at(1), at(2)];
}

function rgb(hex: string): Rgb {
  const at = (k: number) => Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  return [at(0), at(1), at(2)];
}
