import path from 'node:path';
import type {Effort} from '../compare';
import {LineProcess} from '../line_process';
import {ROOT} from '../machine';
import {
  type AgainstRow,
  CONTENDERS,
  type Contender,
  type Greeting,
  type Measured,
  type Task,
  type Turn,
} from './results';

/** At least three turns, whatever the budget. */
export interface LongTurns extends Effort {
  /** Milliseconds of a turn: long, so that its first runs, after another process had the caches, do not count. */
  turn: number;
}

/** The engine compiles a function well only after it has run for a while. */
const WARM_UP = 1500;

/** The contenders take turns, each in a process of its own, first in one order, then in the other. */
export async function measureRow(
  row: Omit<AgainstRow, 'times'>,
  thenFolder: string,
  effort: LongTurns,
): Promise<AgainstRow & {paths: string[]}> {
  const processes = new Map<Contender, LineProcess<Greeting>>();
  try {
    for (const contender of CONTENDERS) {
      const [when, program] = contender.split(' ') as ['then' | 'now', Task['program']];
      const child = await startProgram(when === 'then' ? thenFolder : ROOT, {...row, program});
      if (child.greeting.offered) processes.set(contender, child);
      else child.stop();
    }
    const turns = await takeTurns(processes, effort);
    const times = Object.fromEntries([...turns].map(([contender, all]) => [contender, summary(all)]));
    return {...row, times, paths: [...processes.values()].map(({greeting}) => greeting.path)};
  } finally {
    for (const child of processes.values()) child.stop();
  }
}

const startProgram = (folder: string, task: Task) =>
  LineProcess.start<Greeting>(
    process.execPath,
    [...process.execArgv, path.join(folder, 'bench/against/program.ts'), JSON.stringify(task)],
    {cwd: folder, env: {TF_CPP_MIN_LOG_LEVEL: '2', ...process.env}},
  );

async function takeTurns(processes: ReadonlyMap<Contender, LineProcess<Greeting>>, {turns, turn, budget}: LongTurns) {
  const runs = new Map<Contender, number>();
  let longest = 0;
  for (const [contender, child] of processes) {
    const first = await child.ask<Turn>({runs: 1});
    const warm = await child.ask<Turn>({runs: Math.ceil(Math.min(WARM_UP, budget) / first.wall)});
    runs.set(contender, Math.max(1, Math.round(turn / warm.wall)));
    longest = Math.max(longest, warm.wall * runs.get(contender)!);
  }
  const all = new Map([...processes.keys()].map((contender) => [contender, [] as Turn[]]));
  const rounds = Math.max(3, Math.min(turns, Math.floor(budget / longest)));
  for (let i = 0; i < rounds; i++) {
    const order = [...processes];
    if (i % 2) order.reverse();
    for (const [contender, child] of order) all.get(contender)!.push(await child.ask({runs: runs.get(contender)!}));
  }
  return all;
}

function summary(turns: Turn[]): Measured {
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
  return {
    wall: median(turns.map(({wall}) => wall)),
    cpu: median(turns.map(({cpu}) => cpu)),
    peakBytes: Math.max(...turns.map(({peakBytes}) => peakBytes)),
    turns: turns.length,
  };
}
