/** One step of AdamW on a weight of `size` bytes: the new weight and its moments. */

import {add, div, mul, root, splat, sub} from './lanes';

export function adamW(
  weight: usize,
  gradient: usize,
  first: usize,
  second: usize,
  newWeight: usize,
  newFirst: usize,
  newSecond: usize,
  size: usize,
  beta1: f32,
  share1: f32,
  beta2: f32,
  share2: f32,
  rate: f32,
  epsilon: f32,
  decay: f32,
  rest: f32,
): void {
  let i: usize = 0;
  for (const end = size & ~15; i < end; i += 16) {
    step<v128>(
      weight + i,
      gradient + i,
      first + i,
      second + i,
      newWeight + i,
      newFirst + i,
      newSecond + i,
      beta1,
      share1,
      beta2,
      share2,
      rate,
      epsilon,
      decay,
      rest,
    );
  }
  for (; i < size; i += 4) {
    step<f32>(
      weight + i,
      gradient + i,
      first + i,
      second + i,
      newWeight + i,
      newFirst + i,
      newSecond + i,
      beta1,
      share1,
      beta2,
      share2,
      rate,
      epsilon,
      decay,
      rest,
    );
  }
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function step<T>(
  weight: usize,
  gradient: usize,
  first: usize,
  second: usize,
  newWeight: usize,
  newFirst: usize,
  newSecond: usize,
  beta1: f32,
  share1: f32,
  beta2: f32,
  share2: f32,
  rate: f32,
  epsilon: f32,
  decay: f32,
  rest: f32,
): void {
  const g = load<T>(gradient);
  const w = load<T>(weight);
  const m = add<T>(mul<T>(load<T>(first), splat<T>(beta1)), mul<T>(g, splat<T>(share1)));
  const v = add<T>(mul<T>(load<T>(second), splat<T>(beta2)), mul<T>(mul<T>(g, g), splat<T>(share2)));
  const update = div<T>(mul<T>(m, splat<T>(rate)), add<T>(root<T>(v), splat<T>(epsilon)));
  store<T>(newFirst, m);
  store<T>(newSecond, v);
  store<T>(newWeight, sub<T>(sub<T>(w, mul<T>(sub<T>(w, splat<T>(rest)), splat<T>(decay))), update));
}
