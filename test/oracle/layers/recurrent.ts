/** Recurrent layers: for each step of time one linear step more, which carries all before it along. */

import {ONE, type Rational, ZERO} from '../rational';
import {bent, type PieceList, type Step, weighted} from '../steps';
import {listOf} from './activation';
import {type Call, type Reader, upTo} from './call';

const CARRIED: PieceList = {kinks: [], pieces: [[ONE, ZERO]]};
const HALF: Rational = [1n, 2n];

interface Read {
  steps: Step[];
  /** Where the units of each step of time stand, in order of time. */
  states: number[][];
  size: number;
}

/** h_t = f(x_t K + h_(t-1) R + b), from the first step of time or from the last; `carried` numbers stand before. */
function read(call: Call, config: Call['config'], weights: Call['weights'], isBack: boolean, carried: number): Read {
  const [times, channels] = call.inputShapes[0];
  const {units} = config;
  const steps: Step[] = [];
  const states: number[][] = [];
  let size = carried;
  for (const time of isBack ? upTo(times).reverse() : upTo(times)) {
    const seen = upTo(channels).map((c) => ({place: time * channels + c, row: c, of: weights.kernel}));
    const before = (states.at(-1) ?? []).map((place, row) => ({place, row, of: weights.recurrent_kernel}));
    const terms = [...seen, ...before];
    const kept = upTo(size).map((place) => ({from: [place], by: [ONE]}));
    const added = upTo(units).map((u) => ({
      from: terms.map(({place}) => place),
      by: terms.map(({row, of}) => of[row * units + u]),
      plus: weights.bias?.[u],
    }));
    steps.push(weighted([...kept, ...added]));
    const f = listOf(config.activation);
    if (f) steps.push(bent([...upTo(size).map(() => CARRIED), ...upTo(units).map(() => f)]));
    states.push(upTo(units).map((u) => size + u));
    size += units;
  }
  return {steps, states: isBack ? states.reverse() : states, size};
}

const chosen = (places: number[]): Step => weighted(places.map((place) => ({from: [place], by: [ONE]})));

export const simpleRNN: Reader = (call) => {
  const {returnSequences, goBackwards} = call.config;
  const [times, channels] = call.inputShapes[0];
  const {steps, states} = read(call, call.config, call.weights, goBackwards, times * channels);
  const inOrder = goBackwards ? [...states].reverse() : states;
  return [...steps, chosen(returnSequences ? inOrder.flat() : inOrder[times - 1])];
};

/** The wrapped layer reads one way, a second like it the other; a sequence of the second is turned round. */
export const bidirectional: Reader = (call) => {
  const {layer, mergeMode} = call.config;
  const {returnSequences, goBackwards} = layer.config;
  const [times, channels] = call.inputShapes[0];
  const named = (way: string) =>
    Object.fromEntries(['kernel', 'recurrent_kernel', 'bias'].map((name) => [name, call.weights[`${way}_${name}`]]));
  const ahead = read(call, layer.config, named('forward'), goBackwards, times * channels);
  const back = read(call, layer.config, named('backward'), !goBackwards, ahead.size);
  const last = (isBack: boolean) => (isBack ? 0 : times - 1);
  const all = upTo(times).map((t) => (goBackwards ? times - 1 - t : t));
  const pairs = returnSequences
    ? all.map((t) => [ahead.states[t], back.states[t]])
    : [[ahead.states[last(goBackwards)], back.states[last(!goBackwards)]]];
  const merge: {[mode: string]: () => Step} = {
    concat: () => chosen(pairs.flat(2)),
    sum: () => weighted(pairs.flatMap(([a, b]) => a.map((place, u) => ({from: [place, b[u]], by: [ONE, ONE]})))),
    ave: () => weighted(pairs.flatMap(([a, b]) => a.map((place, u) => ({from: [place, b[u]], by: [HALF, HALF]})))),
  };
  return [...ahead.steps, ...back.steps, merge[mergeMode]()];
};
