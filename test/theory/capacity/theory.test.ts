import * as pw from 'tfjs-piecewise';
import {overlapMap} from '../../../src/theory/capacity/overlap_map';
import {energy, loadAt} from '../../../src/theory/capacity/replica';

type Activation = Parameters<typeof pw.theory.storageCapacity>[0];
const {storageCapacity, symmetryBreaking, typicalOverlap} = pw.theory;
const {PI} = Math;

const cubic = {f: (z: number) => z ** 3 - 3 * z};
const erfHalf = {erfGain: Math.SQRT1_2};
const slopes = (negative: number) => ({slopes: {negative, positive: 1}});

function capacity(activation: Activation, architecture: 'tree' | 'fullyConnected', rsb: 0 | 1): number {
  return storageCapacity(activation, {architecture, rsb}).capacity;
}

it('replica-symmetric capacities have their closed forms', () => {
  expect(capacity('linear', 'tree', 0)).toBeCloseTo(2, 12);
  expect(capacity('relu', 'tree', 0)).toBeCloseTo((2 * PI) / (PI - 1), 12);
  expect(capacity('relu', 'fullyConnected', 0)).toBeCloseTo((2 * PI) / (PI - 2), 12);
  expect(capacity('quadratic', 'fullyConnected', 0)).toBeCloseTo(4, 12);
  expect(capacity('sin', 'tree', 0)).toBeCloseTo(2 / Math.tanh(1), 9);
  expect(capacity(cubic, 'fullyConnected', 0)).toBeCloseTo(6, 9);
});

it.each<[string, Activation, tree: number, full: number]>([
  ['relu', 'relu', 2.933884, 5.503877],
  ['abs', 'abs', 5.503877, 5.503877],
  ['erf(z)', 'erf', 2.4514, 7.2235],
  ['erf(z / sqrt 2)', erfHalf, 2.205316, 6.555448],
  ['erf(2 z)', {erfGain: 2}, 3.544178, 10.206481],
  ['tanh', 'tanh', 2.35561, 7.11454],
  ['sigmoid', 'sigmoid', 2.06718, 6.24338],
  ['sin', 'sin', 2.626071, 6.199508],
  ['gelu', 'gelu', 2.63769, 4.30452],
  ['swish', 'swish', 2.42416, 4.10512],
  ['elu', 'elu', 2.15803, 4.49755],
  ['softplus', 'softplus', 2.16106, 4.03254],
])('replica-symmetric capacity of %s', (_, activation, tree, full) => {
  const digits = (expected: number) => (String(expected).split('.')[1]?.length > 5 ? 6 : 5) - 0.4;
  expect(capacity(activation, 'tree', 0)).toBeCloseTo(tree, digits(tree));
  expect(capacity(activation, 'fullyConnected', 0)).toBeCloseTo(full, digits(full));
});

it.each<[string, Activation, 'tree' | 'fullyConnected', number]>([
  ['linear', 'linear', 'tree', 2],
  ['relu', 'relu', 'tree', 2.66428],
  ['erf', 'erf', 'tree', 2.375],
  ['quadratic', 'quadratic', 'fullyConnected', 3.37466],
  ['relu', 'relu', 'fullyConnected', 3.81213],
  ['erf', 'erf', 'fullyConnected', 4.18637],
  ['He_3', cubic, 'fullyConnected', 3.95071],
  ['softplus', 'softplus', 'fullyConnected', 3.38703],
  ['slopes 1 and 0.01', slopes(0.01), 'tree', 2.64824],
  ['slopes 1 and -0.5', slopes(-0.5), 'tree', 3.50876],
])('one step of replica-symmetry breaking: %s', (_, activation, architecture, expected) => {
  expect(Math.abs(capacity(activation, architecture, 1) - expected)).toBeLessThan(1e-5);
});

// The least of the bounds by an independent search (Nelder-Mead from a grid over ratios up to e^40, 4800 graded nodes).
it.each<[gain: number, tree: number, full: number]>([
  [10, 4.2587968, 5.9871214],
  [30, 5.0508736, 6.9962273],
  [100, 5.802825, 8.081082],
  [1000, 7.0267679, 10.0812446],
  [10000, 8.0873583, 12.009328],
])('one step of replica-symmetry breaking of erf(%d z)', (erfGain, tree, full) => {
  expect(Math.abs(capacity({erfGain}, 'tree', 1) - tree)).toBeLessThan(1e-6);
  expect(Math.abs(capacity({erfGain}, 'fullyConnected', 1) - full)).toBeLessThan(1e-6);
});

// By quadrature over panels that are graded towards the steep place; for one step, of E_z (E_w f(sqrt(q) z + sqrt(1 - q) w))^2.
it.each<[gain: number, tree: number, full: number]>([
  [3, 4.208625833, 12.24098546],
  [30, 32.78112035, 90.81105653],
  [100, 107.2384971, 295.7056019],
  [1e4, 10639.30969, 29279.31336],
  [1e8, 106384609, 292763890.5],
])('replica-symmetric capacity of tanh(%d z), a function that nobody names', (gain, tree, full) => {
  const steep = {f: (z: number) => Math.tanh(gain * z)};
  expect(capacity(steep, 'tree', 0) / tree).toBeCloseTo(1, 8);
  expect(capacity(steep, 'fullyConnected', 0) / full).toBeCloseTo(1, 8);
});

it('one step of replica-symmetry breaking of tanh(100 z)', () => {
  expect(capacity({f: (z) => Math.tanh(10 * z)}, 'tree', 1)).toBeCloseTo(4.11497895, 6);
  expect(capacity({f: (z) => Math.tanh(100 * z)}, 'tree', 1)).toBeCloseTo(5.69561118, 6);
});

it('finds kinks that nobody names, and steep parts anywhere', () => {
  const hinge = (z: number) => Math.max(0, z - 0.3);
  const named = capacity({f: hinge, kinks: [0.3]}, 'tree', 0);
  expect(capacity({f: hinge}, 'tree', 0)).toBeCloseTo(named, 9);
  // E f' ^2 = (4 / 3) g density(c), Var = 4 P (1 - P), both up to 1 / g^2
  const at = (place: number) => capacity({f: (z) => Math.tanh(1e6 * (z - place))}, 'tree', 0);
  expect(at(0.123) / 1066045.76).toBeCloseTo(1, 7);
  expect(at(0.5) / 1100159.71).toBeCloseTo(1, 7);
});

it('averages what grows fast as long as there is an average', () => {
  // E exp(2 a z^2) = (1 - 4 a)^(-1/2), and so on
  const exact = (2 * 0.8 * Math.sqrt(5)) / (Math.sqrt(5) - 1 / 0.6);
  expect(capacity({f: (z) => Math.exp((z * z) / 5)}, 'tree', 0)).toBeCloseTo(exact, 9);
  expect(capacity({f: (z) => Math.exp(5 * z)}, 'tree', 0) / (50 / (1 - Math.exp(-25)))).toBeCloseTo(1, 9);
});

it.each<[string, Activation, string]>([
  ['no second moment', {f: (z) => Math.exp((z * z) / 3)}, 'f and its derivative must have second moments'],
  ['hardly a second moment', {f: (z) => Math.exp((z * z) / 4.01)}, 'f and its derivative must have second moments'],
  ['a pole', {f: (z) => 1 / z}, 'f must be resolved: it jumps, or has a pole or noise, but received trouble at z = -'],
  ['noise', {f: () => Math.random()}, 'f must be resolved'],
  ['a jump that nobody names', {f: (z) => Number(z > 0.3)}, 'it jumps, or has a pole or noise, but received trouble'],
  ['jumps between panels', {f: Math.floor}, 'f must be resolved: it jumps'],
  ['a constant', {f: () => 3}, 'storageCapacity: an activation must not be constant'],
  ['zero', {f: () => 0}, 'an activation must not be constant'],
  ['a constant with rounding', {f: (z) => 1e9 + Math.tanh(z)}, 'an activation must not be constant'],
  ['squares that overflow', {f: (z) => 1e160 * z}, 'the size of f must be from 1e-140 to 1e140'],
  ['squares that underflow', {f: (z) => 1e-160 * z}, 'the size of f must be from 1e-140 to 1e140'],
  ['slopes of 0', {slopes: {negative: 0, positive: 0}}, 'an activation must not be constant'],
  ['no gain', {erfGain: 0}, 'an activation must not be constant'],
])('refuses %s, whatever the architecture', (_, activation, message) => {
  for (const architecture of ['tree', 'fullyConnected'] as const) {
    for (const rsb of [0, 1] as const) {
      expect(() => storageCapacity(activation, {architecture, rsb})).toThrow(message);
    }
  }
});

it('gives the two parameters of the solution', () => {
  const {clusters} = storageCapacity('relu', {architecture: 'tree'});
  expect(clusters!.ratio).toBeCloseTo(16.63, 1);
  expect(clusters!.overlap).toBeCloseTo(0.7571, 3);
  expect(storageCapacity('erf').clusters!.overlap).toBe(0);
});

it.each([0.01, 0.1, 0.2, 0.3, 0.5, -0.5, -1])('slopes 1 and %d: the tree sees them, the full network does not', (q) => {
  expect(capacity(slopes(q), 'tree', 0)).toBeCloseTo(2 / (1 - (1 - q) ** 2 / (PI * (1 + q * q))), 10);
  expect(capacity(slopes(q), 'fullyConnected', 0)).toBeCloseTo((2 * PI) / (PI - 2), 10);
  expect(symmetryBreaking(slopes(q)).load).toBeCloseTo((PI * (PI - 2)) / 4, 10);
});

it('a margin costs capacity by the formula of Gardner for the perceptron', () => {
  const at = (margin: number) => storageCapacity('linear', {architecture: 'tree', rsb: 0, margin}).capacity;
  expect(at(0)).toBeCloseTo(2, 12);
  expect(at(0.5)).toBeCloseTo(1 / (1.25 * 0.6914625 + 0.5 * 0.3520653), 6);
  expect(at(1)).toBeCloseTo(1 / (2 * 0.8413447 + 0.2419707), 6);
});

it('activations that jump have no finite capacity', () => {
  const step = {f: (z: number) => Number(z > 0), kinks: [0]};
  for (const activation of ['sign', step] as const) {
    expect(capacity(activation, 'fullyConnected', 1)).toBe(Infinity);
    expect(capacity(activation, 'tree', 0)).toBe(Infinity);
  }
});

it.each<[Activation, number]>([
  ['relu', 0.896605],
  ['abs', 0.896605],
  ['quadratic', 0.785398],
  ['gelu', 0.839083],
  ['swish', 0.805012],
  ['elu', 0.899391],
  ['softplus', 0.791594],
])('the symmetry of %s breaks continuously at %d', (activation, load) => {
  expect(symmetryBreaking(activation)).toMatchObject({kind: 'continuous', overlap: 0, spinodal: null, glass: null});
  expect(symmetryBreaking(activation).load).toBeCloseTo(load, 5.6);
});

it.each<[string, Activation, spinodal: number, load: number, fixed: number | null, dynamic: number | null]>([
  ['erf(z)', 'erf', 3.9491, 4.1427, 2.2999, 2.1303],
  ['erf(z / sqrt 2)', erfHalf, 3.555, 3.7313, 2.1586, 2.0003],
  ['tanh', 'tanh', 3.865, 4.0556, 2.2736, 2.1068],
  ['sigmoid', 'sigmoid', 3.356, 3.5242, null, null],
  ['sin', 'sin', 3.3341, 3.5011, null, null],
  ['He_3', cubic, 3.1994, 3.3612, 2.0243, 1.8765],
])('the symmetry of %s breaks by a jump', (_, activation, spinodal, load, fixed, dynamic) => {
  const found = symmetryBreaking(activation);
  expect(found.kind).toBe('discontinuous');
  expect(found.load).toBeCloseTo(load, 3.8);
  expect(found.spinodal!.load).toBeCloseTo(spinodal, 3.8);
  if (fixed !== null) expect(found.glass!.static).toBeCloseTo(fixed, 3.8);
  if (dynamic !== null) expect(found.glass!.dynamic).toBeCloseTo(dynamic, 3.8);
});

it('finds the overlaps at the jump, and the loads of sign', () => {
  const found = symmetryBreaking('erf');
  expect(found.overlap).toBeCloseTo(0.591, 3);
  expect(found.spinodal!.overlap).toBeCloseTo(0.443, 3);
  expect(symmetryBreaking('sign').load).toBeCloseTo(11.101, 3);
  expect(symmetryBreaking('sign').spinodal!.load).toBeCloseTo(10.496, 3);
  expect(symmetryBreaking('sign').glass!.static).toBeCloseTo(4.907, 3);
});

it.each<[Activation, number, number]>([
  ['relu', 0.005, 0.9056],
  ['relu', 0.5, 2.11236],
  ['relu', 0.9, 4.09078],
  ['quadratic', 0.5, 1.81575],
  ['quadratic', 0.9, 3.28123],
  ['erf', 0.5, 3.98022],
  ['erf', 0.9, 5.74109],
])('%s has the overlap %d at the load %d', (activation, overlap, load) => {
  expect(loadAt(overlap, overlapMap(activation, 'fullyConnected', ''))).toBeCloseTo(load, 4.7);
  if (activation !== 'erf') expect(typicalOverlap(activation, load).overlap).toBeCloseTo(overlap, 3);
});

it('each pattern halves the solutions of the symmetric phase', () => {
  expect(energy(0)).toBeCloseTo(-Math.LN2, 14);
  for (const load of [0, 0.3, 0.78]) {
    const {phase, overlap, freeEntropy} = typicalOverlap('quadratic', load);
    expect([phase, overlap]).toEqual(['symmetric', 0]);
    expect(freeEntropy).toBeCloseTo(-load * Math.LN2, 14);
  }
  expect(typicalOverlap('erf', 4.1).phase).toBe('symmetric');
  expect(typicalOverlap('erf', 4.2).phase).toBe('broken');
  expect(typicalOverlap('quadratic', 4)).toEqual({phase: 'unsatisfiable', overlap: 1, freeEntropy: -Infinity});
});

it('refuses what it has no theory for', () => {
  expect(() => storageCapacity('linear')).toThrow(
    'storageCapacity: a fully connected network needs an activation that',
  );
  expect(() => storageCapacity('reluPair' as 'relu')).toThrow(
    "activations of two slopes must be given by these, but received 'reluPair'. For example {slopes: {negative: 0.2, positive: 1}}",
  );
  const capacity = (negative: number) => storageCapacity({slopes: {negative, positive: 1}}, {rsb: 0}).capacity;
  expect(capacity(0.2)).toBeCloseTo(capacity(-0.7), 9); // as the message says of fully connected networks
  expect(() => storageCapacity('step' as 'relu')).toThrow("activation must be one of 'relu', 'abs'");
  expect(() => storageCapacity('relu', {rsb: 2 as 1})).toThrow('rsb must be 0 or 1, but received 2');
  expect(() => storageCapacity('relu', {margin: 1})).toThrow('a margin needs rsb 0');
  expect(() => storageCapacity('relu', {margin: -1, rsb: 0})).toThrow('margin must be a finite number >= 0');
  expect(() => storageCapacity('relu', {architecture: 'chain' as 'tree'})).toThrow(
    "must be one of 'tree', 'fullyConnected'",
  );
  expect(() => storageCapacity({slopes: {negative: 0, positive: NaN}})).toThrow(
    'slopes.positive must be a finite number',
  );
  expect(() => storageCapacity({f: (z) => (z > 5 ? Infinity : z)})).toThrow(
    'storageCapacity: f must be finite, but received trouble at z = 5',
  );
  expect(() => storageCapacity({} as 'relu')).toThrow('an activation must be a name, slopes, erfGain, or a function f');
  expect(() => typicalOverlap('relu', -1)).toThrow('load must be a finite number >= 0');
});
