import * as tf from '@tensorflow/tfjs';
import {type Architecture, dense, wht} from '../../examples/node/models';
import {digitsPlans, pairOf} from '../../examples/web/networks/digits';
import {build} from '../../examples/web/worker/build';

const SEED = 3;
const shape = {inputs: 64, classes: 10, parametersPerBreakpoint: 2};
const ARCHITECTURES: Architecture[] = [
  wht({...shape, width: 64, blocks: 1, readOutWidth: 16}),
  dense(64, [4], 10),
  wht({...shape, width: 128, blocks: 1, readOutWidth: 32}),
  dense(64, [8], 10),
  wht({...shape, width: 256, blocks: 2, readOutWidth: 32}),
  dense(64, [18], 10),
  wht({...shape, width: 256, blocks: 4, readOutWidth: 32}),
  dense(64, [32], 10),
  wht({...shape, width: 256, blocks: 2}),
  dense(64, [48], 10),
];

it('the playground trains the networks of npm start: what its plans build gives the same outputs', () => {
  const plans = digitsPlans(SEED);
  expect(plans).toHaveLength(ARCHITECTURES.length);
  const x = tf.randomNormal([5, 64], 0, 1, 'float32', 1);
  for (const [i, architecture] of ARCHITECTURES.entries()) {
    const [model, wanted] = [build(plans[i]), architecture.build(SEED)];
    expect(model.countParams()).toBe(wanted.countParams());
    expect((model.predict(x) as tf.Tensor).dataSync()).toEqual((wanted.predict(x) as tf.Tensor).dataSync());
    expect(plans[i].family).toBe(architecture.family);
    for (const each of [model, wanted]) each.dispose();
  }
  x.dispose();
});

it('a pair is one of ours and a dense network, with about as many weights', () => {
  const plans = digitsPlans(SEED);
  const weights = plans.map((plan) => build(plan).countParams());
  for (const index of plans.keys()) {
    const {ours, dense: rival} = pairOf(index);
    expect([plans[ours].family, plans[rival].family]).toEqual(['wht', 'dense']);
    expect([ours, rival]).toContain(index);
    expect(Math.abs(weights[ours] / weights[rival] - 1)).toBeLessThan(0.15);
  }
});
