import {CAPACITY_NETWORKS, type CapacityResult} from '../capacity';
import {integer, table} from './markdown';

/** Where the line through the points falls below one half for the first time; null if they do not enclose it. */
function halfway(points: readonly {load: number; share: number}[]): number | null {
  const i = points.findIndex(({share}, k) => k > 0 && share < 0.5 && points[k - 1].share >= 0.5);
  if (i < 0) return null;
  const [above, below] = [points[i - 1], points[i]];
  return above.load + ((above.share - 0.5) / (above.share - below.share)) * (below.load - above.load);
}

export interface Capacity {
  title: string;
  parameters: number;
  trials: number;
  steps: number;
  /** Load at which half of the trials succeed, and where the ends of the 95 % intervals cross one half. */
  capacity: number | null;
  low: number | null;
  high: number | null;
  loads: number[];
  /** Whether half of the trials failed at the least load. */
  isBelow: boolean;
}

/** For each network from the most trials and steps. */
export function capacities(results: readonly CapacityResult[]): Capacity[] {
  return CAPACITY_NETWORKS.flatMap((name) => {
    const own = results.filter(({network}) => network === name);
    if (own.length === 0) return [];
    const {trials, steps} = own.reduce((a, b) => (b.trials * b.steps > a.trials * a.steps ? b : a));
    const points = own.filter((each) => each.trials === trials && each.steps === steps).sort((a, b) => a.load - b.load);
    const crossing = (share: (point: CapacityResult) => number) =>
      halfway(points.map((point) => ({load: point.load, share: share(point)})));
    const [{title, parameters}] = points;
    return {
      title,
      parameters,
      trials,
      steps,
      capacity: crossing(({learned}) => learned / trials),
      low: crossing(({interval}) => interval[0]),
      high: crossing(({interval}) => interval[1]),
      loads: points.map(({load}) => load),
      isBelow: points[0].learned < trials / 2,
    };
  });
}

export function capacityTable(results: readonly CapacityResult[]): string {
  const rows = capacities(results).map(({title, parameters, trials, steps, capacity, low, high, loads, isBelow}) => {
    const [least, most] = [Math.min(...loads), Math.max(...loads)];
    const value = capacity === null ? (isBelow ? `< ${least}` : `> ${most}`) : capacity.toFixed(2);
    const end = (limit: number | null, otherwise: string) => (limit === null ? otherwise : limit.toFixed(2));
    const interval = capacity === null ? '' : `${end(low, `< ${least}`)} to ${end(high, `> ${most}`)}`;
    return [title, integer(parameters), value, interval, `${trials} x ${integer(steps)}`];
  });
  return table(['network', 'parameters', 'patterns per parameter', '95 % interval', 'trials x steps'], rows);
}

/** Each beside the dense network. */
export function capacityVerdict(results: readonly CapacityResult[]): string {
  const all = capacities(results);
  const dense = all.find(({title}) => title.startsWith('dense'))?.capacity;
  if (!dense) return '';
  const others = all.filter(({title, capacity}) => !title.startsWith('dense') && capacity !== null);
  const words = others.map(({title, capacity}) => `${title}: ${(capacity! / dense).toFixed(1)} times as much`);
  return `- Beside the dense network, for each parameter: ${words.join('; ')}.`;
}
