/** The capacities of wide networks after Y. Nishiyama and M. Ohzeki, arXiv 2404.13404; the digits are derived. */

import * as pw from 'tfjs-piecewise';
import {type Check, near} from './check';

const {activationKernel, coverProbability, storageCapacity, symmetryBreaking, typicalOverlap} = pw.theory;

type Activation = Parameters<typeof storageCapacity>[0];
type Architecture = 'tree' | 'fullyConnected';
const SHORT = {tree: 'tree', fullyConnected: 'full'};

const HERMITE_3 = {f: (z: number) => z ** 3 - 3 * z};
const slopes = (negative: number) => ({slopes: {negative, positive: 1}});

export function capacityChecks(): Check[] {
  return [...cover(), ...moments(), ...symmetric(), ...oneStep(), ...breaking(), ...entropy()];
}

function cover(): Check[] {
  const values: [number, number, string][] = [
    [10, 20, '0.500000'],
    [10, 15, '0.910217'],
    [10, 25, '0.153728'],
    [50, 90, '0.855452'],
    [50, 110, '0.169093'],
  ];
  return values.map(([inputs, patterns, expected]) => {
    const what = `${patterns} patterns, ${inputs} inputs`;
    return near({topic: 'Cover', what, source: 'published'}, expected, coverProbability(patterns, inputs));
  });
}

function moments(): Check[] {
  const place = (what: string) => ({topic: 'moments', what, source: 'exact' as const});
  const [relu, erf] = [activationKernel('relu'), activationKernel('erf')];
  return [
    near(place('Var relu = 1/2 - 1/(2 pi)'), '0.340845', relu.variance),
    near(place('Var erf(z)'), '0.464559', erf.variance),
    near(place('(E erf′)^2 = 4/(3 pi)'), '0.424413', erf.linear),
    near(place('E erf′^2'), '0.569410', erf.slopeAtOne),
  ];
}

function symmetric(): Check[] {
  const values: [string, Activation, Architecture, string][] = [
    ['relu = 2 pi / (pi - 1)', 'relu', 'tree', '2.933884'],
    ['relu = 2 pi / (pi - 2)', 'relu', 'fullyConnected', '5.503877'],
    ['|z|', 'abs', 'fullyConnected', '5.503877'],
    ['z^2', 'quadratic', 'fullyConnected', '4.000000'],
    ['erf', 'erf', 'tree', '2.451400'],
    ['erf', 'erf', 'fullyConnected', '7.223500'],
    ['tanh', 'tanh', 'fullyConnected', '7.11454'],
    ['gelu', 'gelu', 'fullyConnected', '4.30452'],
    ['slopes 1, 0.01', slopes(0.01), 'tree', '2.906742'],
    ['slopes 1, -0.5', slopes(-0.5), 'tree', '4.683378'],
    ['slopes 1, 0.01', slopes(0.01), 'fullyConnected', '5.503877'],
    ['slopes 1, -0.5', slopes(-0.5), 'fullyConnected', '5.503877'],
  ];
  return values.map(([name, activation, architecture, expected]) => {
    const what = `${SHORT[architecture]}, no breaking, ${name}`;
    const {capacity} = storageCapacity(activation, {architecture, rsb: 0});
    return near({topic: 'capacity', what, source: 'derived'}, expected, capacity);
  });
}

function oneStep(): Check[] {
  const values: [string, Activation, Architecture, string][] = [
    ['relu', 'relu', 'tree', '2.66428'],
    ['erf', 'erf', 'tree', '2.37500'],
    ['z^2', 'quadratic', 'fullyConnected', '3.37466'],
    ['relu', 'relu', 'fullyConnected', '3.81213'],
    ['erf', 'erf', 'fullyConnected', '4.18637'],
    ['He_3', HERMITE_3, 'fullyConnected', '3.95071'],
  ];
  return values.map(([name, activation, architecture, expected]) => {
    const what = `${SHORT[architecture]}, one step of breaking, ${name}`;
    const {capacity} = storageCapacity(activation, {architecture, rsb: 1});
    return near({topic: 'capacity', what, source: 'derived'}, expected, capacity);
  });
}

function breaking(): Check[] {
  const place = (what: string) => ({topic: 'symmetry breaks', what, source: 'derived' as const});
  const erf = symmetryBreaking('erf');
  return [
    near(place('relu = pi (pi - 2) / 4, continuous'), '0.896605', symmetryBreaking('relu').load),
    near(place('slopes 1, 0.3: the same'), '0.896605', symmetryBreaking(slopes(0.3)).load),
    near(place('z^2 = pi / 4, continuous'), '0.785398', symmetryBreaking('quadratic').load),
    near(place('erf, jump'), '4.14265', erf.load),
    near(place('erf, spinodal'), '3.9491', erf.spinodal?.load ?? NaN),
    near(place('erf, clusters, static'), '2.2999', erf.glass?.static ?? NaN),
    near(place('erf, clusters, dynamic'), '2.1303', erf.glass?.dynamic ?? NaN),
  ];
}

function entropy(): Check[] {
  const {freeEntropy} = typicalOverlap('relu', 0.5);
  const place = {topic: 'solutions', what: 'entropy at load 0.5 = -0.5 ln 2', source: 'derived' as const};
  return [near(place, '-0.346574', freeEntropy)];
}
