import type {BackendName} from '../../bench/backends';
import {median} from '../../examples/median';
import type {Sample} from './train';

/** Part of a run in which caches fill and code is compiled. */
const WARM_UP = 0.25;
const GROWTH = 0.02;

export interface Verdict {
  backend: BackendName;
  samples: Sample[];
  /** Trained in two threads at the same time, and each alone: same weights. */
  threads: boolean;
  /** The backend disposed and made again in between. */
  restarts: boolean;
}

type Counted = 'tensors' | 'handles' | 'heapMB';

export function passes(verdict: Verdict): boolean {
  return isFlat(verdict.samples) && verdict.threads && verdict.restarts;
}

/** Nothing more is held at the end than at the end of the warm-up, and the process is as large. */
export function isFlat(samples: Sample[]): boolean {
  const isSame = (key: Counted) => more(samples, key) <= 0;
  return isSame('tensors') && isSame('handles') && isSame('heapMB') && growth(samples) <= GROWTH;
}

/** From the end of the warm-up to the end. */
function more(samples: Sample[], key: Counted): number {
  return samples[samples.length - 1][key] - samples[Math.floor(WARM_UP * samples.length)][key];
}

/**
 * Growth of the process from the second quarter of the samples to the last, by medians: what V8 and malloc keep for later comes
 * and goes by several percent from one sample to the next, and what leaks stays.
 */
export function growth(samples: Sample[]): number {
  const quarter = Math.floor(samples.length / 4);
  const size = (part: Sample[]) => median(part.map(({processMB}) => processMB));
  return size(samples.slice(-quarter)) / size(samples.slice(quarter, 2 * quarter)) - 1;
}

export function describe(verdict: Verdict): string {
  const {samples, threads, restarts} = verdict;
  const counted = (key: Counted) => `+${more(samples, key)} ${key}`;
  const percent = `${(100 * growth(samples)).toFixed(1)} % process memory`;
  const others = `threads ${threads ? 'equal' : 'DIFFER'}, backend ${restarts ? 'restarted' : 'NOT restarted'}`;
  const all = [counted('tensors'), counted('handles'), counted('heapMB'), percent].join(', ');
  return `${isFlat(samples) ? 'flat' : 'GREW'} (${all}), ${others}`;
}

/** Numbers as a line of blocks between the least and the largest of their medians in `width` parts. */
export function curve(values: number[], width = 40): string {
  const size = Math.max(1, Math.ceil(values.length / width));
  const parts = Array.from({length: Math.ceil(values.length / size)}, (_, k) => values.slice(k * size, (k + 1) * size));
  const medians = parts.map(median);
  const [low, high] = [Math.min(...medians), Math.max(...medians)];
  const blocks = medians.map((value) => '▁▂▃▄▅▆▇█'[Math.round((7 * (value - low)) / (high - low || 1))]);
  return `${low.toFixed(0)} ${blocks.join('')} ${high.toFixed(0)}`;
}
