/** @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../..');
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(out, {recursive: true, force: true}));

/** What an example prints, run as its reader runs it, but with small settings. */
function run(name: string, ...args: string[]): string {
  const script = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', `examples/node/${name}.ts`];
  return execFileSync(process.execPath, [...script, ...args], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
}

it('every script is in the table of examples/README.md, with its command', () => {
  const readme = readFileSync(join(ROOT, 'examples/README.md'), 'utf8');
  const scripts = readdirSync(join(ROOT, 'examples/node')).filter((file) =>
    /^(async )?function main/m.test(
      file.endsWith('.ts') ? readFileSync(join(ROOT, 'examples/node', file), 'utf8') : '',
    ),
  );
  expect(scripts.length).toBeGreaterThan(4);
  for (const script of scripts) expect(readme).toContain(`(node/${script})`);
});

it("curve_fit prints the guide's lines, and draws 32 pieces", () => {
  const printed = run('curve_fit', '--out', out);
  const guide = readFileSync(join(ROOT, 'docs/guides/choose_a_layer.md'), 'utf8');
  expect(guide).toContain(printed.slice(0, printed.indexOf('\n\n')));
  const svg = readFileSync(join(out, 'curve_fit.svg'), 'utf8');
  expect(svg).toMatch(/^<svg xmlns.*<\/svg>$/s);
  expect(svg.match(/<circle /g)!.length).toBeGreaterThanOrEqual(31); // one for each breakpoint
}, 60_000);

it('fit_curve explains every curve, and what noise leaves of one', () => {
  const lines = run('fit_curve', '--points', '40', '--depth', '3').trim().split('\n').slice(1);
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    const [, pieces, , percent] = /(\d+) +(\d\.\de[+-]\d+) +(\S+) % +\d+\.\d$/.exec(line)!;
    expect(Number(pieces)).toBeGreaterThan(3);
    expect(Number(percent)).toBeLessThan(line.includes('noise') ? 4 : 0.5);
  }
}, 120_000);

it('penguins: both networks explain most of the variance of penguins they have not seen', () => {
  const lines = run('penguins', '--seeds', '1', '--epochs', '10').trim().split('\n');
  const explained = lines.slice(1).map((line) => Number(/([\d.]+) % of the variance/.exec(line)![1]));
  expect(explained).toHaveLength(3);
  for (const percent of explained.slice(1)) expect(percent).toBeGreaterThan(60);
}, 60_000);

it('custom_loop learns, and keeps the tensors of one step', () => {
  const after = (steps: number) => run('custom_loop', '--steps', String(steps));
  const [few, many] = [after(2), after(30)];
  const error = (printed: string) => Number(/mean squared error ([\d.]+)\n\d+ tensors/.exec(printed)![1]);
  expect(error(many)).toBeLessThan(error(few) / 3);
  expect(/\d+ tensors/.exec(many)![0]).toBe(/\d+ tensors/.exec(few)![0]);
}, 60_000);

it('resume ends like a run that was not interrupted', () => {
  const accuracy = (printed: string) => /Test accuracy ([\d.]+)/.exec(printed)![1];
  const args = ['--backend', 'cpu', '--out'];
  const whole = run('resume', '--epochs', '2', ...args, join(out, 'whole'));
  run('resume', '--epochs', '1', ...args, join(out, 'parts'));
  const resumed = run('resume', '--epochs', '2', '--resume', ...args, join(out, 'parts'));
  expect(resumed).toContain('Goes on after epoch 1.');
  expect(resumed).not.toContain('epoch 1:');
  expect(accuracy(resumed)).toBe(accuracy(whole));
  expect(whole).toContain('No logs for TensorBoard: only tfjs-node writes them.');
}, 120_000);

const {findBackends} = require('../../scripts/setup/backends.cjs');
const tensorflow = findBackends().find(({name}: {name: string}) => name === 'tensorflow');

(tensorflow.present ? it : it.skip)(
  'resume writes logs for TensorBoard where tfjs-node is',
  () => {
    const printed = run('resume', '--epochs', '1', '--backend', 'tensorflow', '--out', out);
    expect(printed).toContain(`tensorboard --logdir ${join(out, 'logs')}`);
    const files = readdirSync(join(out, 'logs'), {recursive: true, encoding: 'utf8'});
    expect(files.filter((file) => file.includes('events.out.tfevents')).length).toBeGreaterThan(0);
  },
  60_000,
);

it('seed_sweep gives each seed the same result from one worker and from two', () => {
  const [one, two] = ['1', '2'].map((workers) =>
    run('seed_sweep', '--seeds', '2', '--epochs', '1', '--workers', workers).match(/^seed \d: \d+ g$/gm),
  );
  expect(one).toHaveLength(2);
  expect(two).toEqual(one);
}, 120_000);

it('network_plot draws its layers, and the input that means nothing fainter than the others', () => {
  const printed = run('network_plot', '--epochs', '8', '--out', out);
  expect(printed).toMatch(/^226 weights, mean squared error \d/m);
  const svg = readFileSync(join(out, 'network.svg'), 'utf8');
  for (const name of ['pair_1', 'pair_2', 'read_out', 'sin(a + c)']) expect(svg).toContain(name);
  const opacities = [...svg.matchAll(/fill-opacity="([\d.]+)" fill="#1d2025"/g)].map(([, value]) => Number(value));
  const [a, b, c, d] = opacities;
  for (const other of [a, b, c]) expect(d).toBeLessThan(other);
}, 60_000);
