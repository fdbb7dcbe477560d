import {compare} from '../../bench/compare';

// A clock that only work moves: other programs on the machine must not count.
let clock = 0;
beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => jest.restoreAllMocks());

function work(milliseconds: number): void {
  clock += milliseconds;
}

it('gives the median and the quartiles of the turns, the first runs left out', async () => {
  const times = [900, 50, 7, 3, 5, 4, 6];
  const {steady, uneven} = await compare(
    {steady: {run: () => work(0.25)}, uneven: {run: () => work(times.shift()!)}},
    {turns: 5, budget: 1000},
  );
  expect(steady).toEqual({median: 0.25, quartiles: [0.25, 0.25], turns: 5});
  expect(uneven).toEqual({median: 5, quartiles: [4, 6], turns: 5});
});

it('is content with the first run of who takes more than four seconds', async () => {
  const times = [4500];
  const {long} = await compare({long: {run: () => work(times.shift()!)}}, {turns: 5, budget: 1e6});
  expect(long).toEqual({median: 4500, quartiles: [4500, 4500], turns: 1});
});

it('does not count what a first run compiles', async () => {
  const times = [1500, 30, 31];
  const {shader} = await compare({shader: {run: () => work(times.shift()!)}}, {turns: 1, budget: 1000});
  expect(shader).toEqual({median: 31, quartiles: [31, 31], turns: 1});
});

it('repeats a run until a coarse clock can tell it, however long the first ones took', async () => {
  const start = clock;
  let exact = 0;
  const slow = [30, 3];
  const run = () => {
    exact += slow.shift() ?? 0.01;
    clock = start + Math.floor(exact * 10) / 10;
  };
  const {short} = await compare({short: {run}}, {turns: 5, budget: 1000});
  expect(short.median).toBeCloseTo(0.01, 3);
});

it('spreads the few turns of a slow variant over those of the others', async () => {
  const order: string[] = [];
  const variant = (name: string, milliseconds: number) => ({
    run: () => work(milliseconds),
    enter: () => order.push(name),
  });
  const {slow, fast} = await compare({fast: variant('fast', 2.5), slow: variant('slow', 20)}, {turns: 8, budget: 55});
  expect(fast.turns).toBe(8);
  expect(slow.turns).toBe(2);
  const turns = order.slice(4).join(' '); // after the first run and the warm-up of each
  expect(turns).toMatch(/^fast slow( fast){4} slow( fast){3}$/);
});

it('encloses each turn in enter and leave, and awaits a run', async () => {
  const events: string[] = [];
  const run = async () => {
    await Promise.resolve();
    work(3);
    events.push('run');
  };
  const enter = () => void events.push('enter');
  const leave = () => void events.push('leave');
  await compare({variant: {run, enter, leave}}, {turns: 1, budget: 1});
  expect(events.join(' ')).toMatch(/^(enter( run)+ leave ?)+$/);
});
