import {normal} from '../random';

/** What there is to fit. Everything is brought to [0, 1]; the axes show the numbers as they were. */

export interface Curve {
  title: string;
  /** In [0, 1], in increasing order. */
  x: number[];
  /** With noise. */
  y: number[];
  truth: number[];
  convex: boolean;
  domain: [low: number, high: number];
  range: [low: number, high: number];
  /** Whether the axis counts years. */
  years?: boolean;
}

interface Formula {
  title: string;
  f(x: number): number;
  domain: [number, number];
  convex: boolean;
}

const SAMPLES = 256;

const FORMULAS: {[name: string]: Formula} = {
  square: {title: 'x squared', f: (x) => x * x, domain: [0, 1], convex: true},
  exp: {title: 'e to the x', f: Math.exp, domain: [0, 3], convex: true},
  sine: {title: 'sin x', f: Math.sin, domain: [0, 2 * Math.PI], convex: false},
  steps: {title: 'steps of |x|', f: (x) => stair(Math.abs(x)), domain: [-3, 3], convex: false},
  power: {title: 'x to the 11', f: (x) => x ** 11, domain: [0, 1], convex: true},
};

/** A flight of stairs of straight lines: up on the first half of a step, level on the second. */
const stair = (x: number) => Math.floor(x) + Math.min(1, 2 * (x - Math.floor(x)));

export async function curveOf(target: string, points: readonly number[], noise: number, seed: number): Promise<Curve> {
  const clean =
    target === 'co2' ? await carbonDioxide() : target === 'draw' ? drawn(points) : computed(FORMULAS[target]);
  if (noise === 0) return clean;
  const next = normal(seed);
  return {...clean, y: clean.truth.map((value) => value + noise * next())};
}

function computed({title, f, domain, convex}: Formula): Curve {
  const x = grid();
  const values = x.map((u) => f(domain[0] + u * (domain[1] - domain[0])));
  return scaled({title, x, values, domain, convex});
}

function drawn(points: readonly number[]): Curve {
  const x = grid();
  const truth = x.map((u) => {
    const place = u * (points.length - 1);
    const left = Math.min(Math.floor(place), points.length - 2);
    return points[left] + (place - left) * (points[left + 1] - points[left]);
  });
  return {title: 'your drawing', x, y: truth, truth, convex: false, domain: [0, 1], range: [0, 1]};
}

async function carbonDioxide(): Promise<Curve> {
  const {default: csv} = await import('../../data/co2/co2.csv?raw');
  const rows = csv.trim().split('\n').slice(1);
  const years = rows.map((row) => Number(row.slice(0, 4)) + (Number(row.slice(5, 7)) - 0.5) / 12);
  const domain: [number, number] = [years[0], years[years.length - 1]];
  const x = years.map((year) => (year - domain[0]) / (domain[1] - domain[0]));
  const values = rows.map((row) => Number(row.split(',')[1]));
  return {...scaled({title: 'carbon dioxide, ppm', x, values, domain, convex: true}), years: true};
}

function scaled({values, ...rest}: {values: number[]} & Pick<Curve, 'title' | 'x' | 'domain' | 'convex'>): Curve {
  const range: [number, number] = [Math.min(...values), Math.max(...values)];
  const truth = values.map((value) => (value - range[0]) / (range[1] - range[0]));
  return {...rest, y: truth, truth, range};
}

const grid = () => Array.from({length: SAMPLES}, (_, i) => i / (SAMPLES - 1));
