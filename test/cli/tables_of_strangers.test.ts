import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {version} from 'tfjs-piecewise/package.json';
import {classText} from '../../src/cli/compare_text';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {classes, numbersOf, writeTable} from './support/tables';

const folder = temporaryFolder();
const out = () => join(folder(), 'out');
const table = (lines: unknown[][], name?: string) => writeTable(folder(), lines, name);
const SHORT = ['--size', '80', '--epochs', '2', '--backend', 'cpu'];
const train = (path: string, target: string, ...options: string[]) =>
  command(['train', path, '--target', target, '--out', out(), ...SHORT, ...options], 1000);

/** Most rows are 'usual', some 'rare'; 'single' is one row. */
const uneven = () => [
  ['a', 'b', 'kind'],
  ...Array.from({length: 100}, (_, i) => [
    ...numbersOf(i).slice(0, 2),
    i === 50 ? 'single' : i % 10 ? 'usual' : 'rare',
  ]),
];

it('says what accuracy hides, and predicts the probability of each class', async () => {
  const path = table(uneven());
  const {code, stdout, stderr} = await train(path, 'kind');
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(stdout).toContain("Class 'single' has no test rows: the result says nothing about");
  const {classes: scores, balancedAccuracy, network} = JSON.parse(readFileSync(join(out(), 'report.json'), 'utf8'));
  expect(scores.map(({label, rows}: {label: string; rows: number}) => [label, rows])).toEqual([
    ['rare', 2],
    ['single', 0],
    ['usual', 18],
  ]);
  const [rare, , usual] = scores.map(({recall}: {recall: number}) => recall);
  expect(balancedAccuracy).toBeCloseTo((rare + usual) / 2, 12);
  expect(network.mean).toBeCloseTo((2 * rare + 18 * usual) / 20, 12);
  expect(stdout).toContain(
    `Balanced accuracy ${(100 * balancedAccuracy).toFixed(2)} %, the mean over the 2 classes with test rows; one class alone: 50.00 %.`,
  );
  expect(stdout).toContain(`'rare' ${(100 * rare).toFixed(2)} % of 2`);
  expect(stdout).toMatch(/Walsh-Hadamard \S+( to \d+)?, (\d+) trainable parameters of (\d+): accuracy/);

  const {stdout: csv} = await command(['predict', out(), path, '--probabilities']);
  const [header, ...rows] = csv.trimEnd().split('\n');
  expect(header).toBe('kind,probability,probability of rare,probability of single,probability of usual');
  for (const row of rows) {
    const [label, most, ...each] = row.split(',');
    expect(each.reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 3);
    expect(Number(most)).toBe(Math.max(...each.map(Number)));
    expect(each[['rare', 'single', 'usual'].indexOf(label)]).toBe(most);
  }
}, 60_000);

it('compares the recalls of uneven classes beside the accuracy', async () => {
  const path = table(uneven());
  const {code, stdout} = await command(
    [
      'compare',
      path,
      '--target',
      'kind',
      '--out',
      out(),
      '--sizes',
      '80',
      '--epochs',
      '2',
      '--backend',
      'cpu',
      '--seeds',
      '2',
    ],
    1000,
  );
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(join(out(), 'report.json'), 'utf8'));
  const networks: {mean: number; balancedAccuracy: number; classes: {recall: number}[]}[] = report.sizes[0].networks;
  expect(networks).toHaveLength(2);
  for (const {mean, balancedAccuracy, classes: scores} of networks) {
    const [rare, , usual] = scores.map(({recall}) => recall);
    expect(balancedAccuracy).toBeCloseTo((rare + usual) / 2, 12);
    expect(mean).toBeCloseTo((2 * rare + 18 * usual) / 20, 12);
  }
  const lines = stdout.split('\n');
  expect(lines.find((line) => line.includes('accuracy %'))).toMatch(/accuracy % +balanced % +ms/);
  const shown = lines.flatMap((line) => /± \S+ +(\d+\.\d\d) +\d/.exec(line)?.[1] ?? []);
  expect(shown).toEqual(networks.map(({balancedAccuracy}) => (100 * balancedAccuracy).toFixed(2)));
  expect(stdout.replace(/\s+/g, ' ')).toContain('one class alone: 50.00 %. report.json has each recall.');
}, 60_000);

it('does not call the accuracy of the only tested class balanced', () => {
  const [line] = classText([
    {label: 'a', rows: 60, recall: 1},
    {label: 'b', rows: 0, recall: null},
  ]);
  expect(line).toBe('Balanced accuracy: not known, for one class alone has test rows.');
});

it('says nothing of it where classes are even', async () => {
  const {code, stdout} = await train(table(classes(100)), 'kind');
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/balanced|no test rows/i);
}, 60_000);

describe('a model of numbers', () => {
  const lines = () => [
    ['a', 'b', 'y'],
    ...Array.from({length: 60}, (_, i) => {
      const [a, b] = numbersOf(i);
      return [a, b, a + 0.5];
    }),
  ];

  it('has no probabilities; warns of rows that are far from what it was trained on; report counts as train does', async () => {
    const trained = await train(table(lines()), 'y');
    expect(trained.code).toBe(0);
    const [, trainable, all] = /(\d+) trainable parameters of (\d+)/.exec(trained.stdout)!;
    expect(Number(all)).toBe(Number(trainable) + 4); // a mean and a variance of both columns
    const report = await command(['report', out()]);
    expect(report.stdout).toContain(`${trainable} trainable parameters of ${all}\n`);

    const refused = await command(['predict', out(), table(lines()), '--probabilities']);
    expect(refused).toMatchObject({code: 1, stdout: ''});
    expect(refused.stderr).toContain("--probabilities is for models of classes, but received one of the number 'y'");

    const far = table(
      [
        ['a', 'b'],
        [0, 5500],
        [1e30, 5500],
        [0, 1e6],
        [0.5, ''],
      ],
      'far.csv',
    );
    expect(await command(['predict', out(), far])).toMatchObject({
      code: 0,
      stderr:
        '2 rows have numbers beyond 10 standard deviations of the training rows, the first in line 3: do not rely on what is predicted there.\n',
    });
    for (const cell of ['1e300', 'inf', '-Infinity']) {
      const {stderr} = await command([
        'predict',
        out(),
        table(
          [
            ['a', 'b'],
            [cell, 1],
          ],
          'huge.csv',
        ),
      ]);
      expect(stderr).toContain(`column 'a', line 2: the number must be below 3.40e+38, but received '${cell}'`);
    }
  }, 60_000);

  it('comes from the standard input, too', async () => {
    const text = lines()
      .map((cells) => cells.join())
      .join('\n');
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
    const give = (content: string) =>
      Object.defineProperty(process, 'stdin', {value: Readable.from([Buffer.from(content)]), configurable: true});
    try {
      give(text);
      const trained = await train('-', 'y');
      expect(trained).toMatchObject({code: 0, stderr: ''});
      expect(trained.stdout).toMatch(/^the standard input: 60 rows; /);
      const piped = JSON.parse(readFileSync(join(out(), 'report.json'), 'utf8'));
      expect(await train(table(lines()), 'y')).toMatchObject({code: 0, stderr: ''});
      const read = JSON.parse(readFileSync(join(out(), 'report.json'), 'utf8'));
      expect(piped.data.sha256).toBe(read.data.sha256);
      expect(piped.network.mean).toBe(read.network.mean);
      give('');
      expect((await command(['predict', out(), '-'])).stderr).toContain(
        'the standard input must have a header and rows',
      );
    } finally {
      Object.defineProperty(process, 'stdin', stdin);
    }
  }, 60_000);
});

describe('is refused, with what to do', () => {
  const rows = (cells: (i: number) => unknown[], ...names: string[]) => [
    names,
    ...Array.from({length: 80}, (_, i) => cells(i)),
  ];
  it.each<[string, unknown[][], RegExp]>([
    ['a header alone', [['a', 'y']], /must have 30 rows or more, but received a header alone\. Add rows/],
    [
      'numbers that float32 cannot square',
      rows((i) => [(i - 40) * 1e30, i, i / 3], 'a', 'b', 'y'),
      /standard deviation of each column must be from 1\.1e-19 to 1\.8e19.*received column 'a' beyond that\. Look for numbers/,
    ],
    ['a target of such numbers', rows((i) => [i % 7, (i - 40) * 1e-30], 'a', 'y'), /received column 'y' beyond that/],
    [
      'prices with a currency',
      rows((i) => [`$${i}.50`, i], 'price', 'y'),
      /80 categories such as '\$0\.50' in line 2, where 50 are the most \(column 'price'\).*--drop price/,
    ],
    [
      'long texts of many lines',
      rows((i) => [`${'long '.repeat(20)}\n${i}`, i], 'note', 'y'),
      /such as 'long long long long long long long long…' in line 3/,
    ],
  ])('%s', async (_, lines, message) => {
    const {code, stdout, stderr} = await train(table(lines), 'y');
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toMatch(message);
  });

  it('--drop of the target', async () => {
    const {code, stderr} = await train(table(classes(60)), 'kind', '--drop', 'a', '--drop', 'kind');
    expect(code).toBe(2);
    expect(stderr).toContain("train: --drop must not be the column of --target, but received 'kind'");
  });
});

it('a text that is mostly missing and else always the same is the input whether it is there, and one line says so', async () => {
  const lines = uneven();
  const noted = lines.map((cells, i) => [i === 0 ? 'note' : i % 10 ? '' : 'called, "angry"\nline two', ...cells]);
  const {code, stdout} = await train(table(noted), 'kind');
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `Column 'note' is missing in 90 of 100 rows, and always 'called, "angry" line two' in the others: its input is 1 where it is there, else 0. `,
  );
}, 60_000);

it('equal --sizes are trained once', async () => {
  const options = ['--sizes', '80,80', '--seeds', '1', '--epochs', '1', '--backend', 'cpu', '--out', out()];
  const {code} = await command(['compare', table(classes(60)), '--target', 'kind', ...options]);
  expect(code).toBe(0);
  const {sizes} = JSON.parse(readFileSync(join(out(), 'report.json'), 'utf8'));
  expect(sizes.map(({size}: {size: number}) => size)).toEqual([80]);
}, 60_000);

it('--version', async () => {
  expect(await command(['--version'])).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
});
