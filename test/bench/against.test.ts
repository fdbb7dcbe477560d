import {checkOut} from '../../bench/against/checkout';
import {againstCells, againstLines, optimizerLines, section} from '../../bench/against/report';
import type {AgainstRow, Measured} from '../../bench/against/results';
import {LineProcess} from '../../bench/line_process';

const measured = (cpu: number): Measured => ({cpu, wall: 2 * cpu, peakBytes: cpu * 2 ** 20, turns: 5});
const rows: AgainstRow[] = [
  {
    network: 'digits: 64, 2 x 256, 10',
    backend: 'wasm',
    what: 'step, Adam',
    times: {'then plain': measured(8), 'now plain': measured(4), 'now own': measured(2)},
  },
  {
    network: 'digits: 64, 2 x 256, 10',
    backend: 'wasm',
    what: 'step, AdamW',
    times: {
      'then plain': measured(6),
      'then own': measured(4),
      'now plain': measured(3),
      'now own': {...measured(1), wall: 4},
    },
  },
];

it('a line for each program: beside itself, or beside the plain one where the earlier commit lacks it', () => {
  expect(rows.flatMap(againstCells).map((cells) => cells.slice(2))).toEqual([
    ['plain', '8.00 ms', '4.00 ms', '0.50', '0.50', '8 MiB', '4 MiB'],
    ['own*', '8.00 ms', '2.00 ms', '0.25', '0.25', '8 MiB', '2 MiB'],
    ['plain', '6.00 ms', '3.00 ms', '0.50', '0.50', '6 MiB', '3 MiB'],
    ['own', '4.00 ms', '1.00 ms', '0.25', '0.50', '4 MiB', '1 MiB'],
  ]);
  expect(optimizerLines(rows)).toEqual([
    'digits: 64, 2 x 256, 10, wasm: own with AdamW now is 0.13 (clock 0.25) of plain with the Adam of tfjs then',
  ]);
});

it('makes tables for the terminal and a page', () => {
  for (const line of againstLines(rows)) expect(line.length).toBeLessThanOrEqual(110);
  const lines = section({
    machine: {cpu: 'A Processor', cores: 2, system: 'Linux x64'},
    versions: {node: '20.0.0'},
    commit: 'abc',
    date: '2026-01-02',
    against: {commit: 'def', date: '2026-01-01', subject: 'An earlier state'},
    load: [0.25, 1],
    rows,
    missing: [{backend: 'tensorflow', reason: 'no library'}],
  });
  const text = lines.join('\n');
  expect(text).toContain('then: commit def of 2026-01-01, "An earlier state"');
  expect(text).toContain('tensorflow: not measured, no library');
  expect(text).toContain('| digits: 64, 2 x 256, 10; step, Adam | wasm | own\\* | 8.00 ms | 2.00 ms | 0.25 | 0.25 |');
});

it('refuses a commit that git does not know', async () => {
  await expect(checkOut('no-such-commit', {ownOp: false})).rejects.toThrow(
    "there is no commit 'no-such-commit'. `git log`",
  );
});

const ECHO = `
console.log(JSON.stringify({name: 'echo'}));
require('node:readline').createInterface({input: process.stdin}).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.fail) return void (console.error('told to'), process.exit(1));
  console.log(JSON.stringify(request));
});`;

it('a process answers line by line, and its end is an error with its last words', async () => {
  const child = await LineProcess.start<{name: string}>(process.execPath, ['-e', ECHO]);
  expect(child.greeting).toEqual({name: 'echo'});
  expect(await child.ask({runs: 3})).toEqual({runs: 3});
  await expect(child.ask({fail: true})).rejects.toThrow('told to');
  await expect(LineProcess.start(process.execPath, ['-e', 'console.error("no such thing")'])).rejects.toThrow(
    'no such thing',
  );
  await expect(LineProcess.start('no-such-command', [])).rejects.toThrow('no-such-command');
});
