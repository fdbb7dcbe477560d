import {compare} from '../../bench/compare';

/** Keeps the processor busy for so many milliseconds. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it('times variants by turns: a median between its quartiles, and the slower one is slower', async () => {
  const {fast, slow} = await compare(
    {fast: {run: () => work(0.1)}, slow: {run: () => work(0.5)}},
    {turns: 9, budget: 50},
  );
  for (const {median, quartiles} of [fast, slow]) {
    expect(quartiles[0]).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(quartiles[1]);
  }
  expect(fast.median).toBeGreaterThanOrEqual(0.1);
  expect(slow.median).toBeGreaterThan(fast.median);
  expect(fast.turns).toBe(9);
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
    await new Promise((resolve) => setTimeout(resolve, 3));
    events.push('run');
  };
  const enter = () => void events.push('enter');
  const leave = () => void events.push('leave');
  await compare({variant: {run, enter, leave}}, {turns: 1, budget: 1});
  expect(events.join(' ')).toMatch(/^(enter( run)+ leave ?)+$/);
});
