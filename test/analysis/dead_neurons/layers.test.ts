import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {randomWritten, withModel} from './models';

const {stablyUnactivated} = analysis;
const {dense} = tf.layers;
const constant = (value: number) => tf.initializers.constant({value});

/** A chain of dense ReLU layers named 1, 2, ... with constant weights and biases. */
const chain = (...all: {units: number; weight: number; bias: number}[]) =>
  tf.sequential({
    layers: all.map(({units, weight, bias}, i) =>
      dense({
        units,
        activation: 'relu',
        name: `${i + 1}`,
        ...(i === 0 && {inputShape: [2]}),
        kernelInitializer: constant(weight),
        biasInitializer: constant(bias),
      }),
    ),
  });

it('zero biases leave a neuron at 0: marginal, not dead', async () => {
  await withModel({a: [[1], [-2]], b: [0, 0], w: [-1, -1], c: 0}, async (model) => {
    for (const method of ['closedForm', 'vertices', 'lp'] as const) {
      const [{verdict, reason}] = (await stablyUnactivated(model, {method})).neurons;
      expect([verdict, reason]).toEqual(['unknown', 'marginal']);
    }
  });
});

it('a unit of weight 0 could bend the neuron up when it moves: marginal', async () => {
  await withModel({a: [[1], [2], [3]], b: [1, 2, 4], w: [0, 0, 0], c: -1}, async (model) => {
    for (const method of ['vertices', 'lp'] as const) {
      expect((await stablyUnactivated(model, {method})).neurons[0].reason).toBe('marginal');
    }
  });
});

it('a neuron of the first layer is alive on all of space, and may be dead in a box', async () => {
  const model = chain({units: 3, weight: 1, bias: -3}, {units: 1, weight: -1, bias: 1});
  const everywhere = await stablyUnactivated(model, {layer: '1'});
  expect(everywhere).toMatchObject({layer: '1', alive: 3, dead: 0, unknown: 0, fraction: 0});
  const box = await stablyUnactivated(model, {layer: '1', domain: {low: 0, high: 1}});
  expect(box).toMatchObject({dead: 3, fraction: 1});
  expect(box.neurons[0].supremum).toBeCloseTo(-1, 12);
  model.dispose();
});

it('deeper layers are settled by bounds and samples, or said to be unknown', async () => {
  const model = chain(
    {units: 2, weight: 1, bias: 0},
    {units: 2, weight: 1, bias: 1},
    {units: 1, weight: -1, bias: -1},
    {units: 1, weight: 1, bias: 1},
  );
  const [third] = (await stablyUnactivated(model, {layer: '3'})).neurons;
  expect(third).toMatchObject({verdict: 'dead', method: 'bounds', supremum: null});
  const [fourth] = (await stablyUnactivated(model, {layer: '4', domain: {low: 0, high: 1}})).neurons;
  expect(fourth.verdict).toBe('alive');
  const [asked] = (await stablyUnactivated(model, {layer: '3', method: 'vertices'})).neurons;
  expect(asked).toMatchObject({verdict: 'unknown', reason: 'method'});
  model.dispose();
});

it('bounds that do not settle it say so', async () => {
  // Two units that cancel: f = relu(x) - 2 relu(x) - 0.5 is never above 0, which intervals cannot see.
  const written = {a: [[1], [1]], b: [0, 0], w: [1, -2], c: -0.5};
  await withModel(written, async (model) => {
    const args = {domain: {low: -1, high: 1}};
    const [bounds] = (await stablyUnactivated(model, {...args, method: 'bounds'})).neurons;
    expect(bounds).toMatchObject({verdict: 'unknown', reason: 'bounds'});
    expect((await stablyUnactivated(model, args)).neurons[0].verdict).toBe('dead');
  });
});

it('without the budget for vertices, programs decide; without that, the verdict is unknown', async () => {
  const seed = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
  const found = await Promise.all(
    seed.map((each) =>
      withModel(randomWritten(2, 5, each), async (model) => {
        const free = (await stablyUnactivated(model)).neurons[0];
        const lean = (await stablyUnactivated(model, {maxSystems: 0})).neurons[0];
        const none = (await stablyUnactivated(model, {maxSystems: 0, maxPrograms: 0})).neurons[0];
        expect(lean.verdict).toBe(free.verdict);
        expect(none.verdict === free.verdict || none.reason === 'budget').toBe(true);
        return [lean.method, none.reason];
      }),
    ),
  );
  expect(found).toContainEqual(['lp', 'budget']);
});

it("side 'above' asks for neurons that are never below their kink", async () => {
  await withModel({a: [[1], [-1]], b: [1, 1], w: [2, 3], c: -1.5}, async (model) => {
    expect((await stablyUnactivated(model, {side: 'above'})).neurons[0]).toMatchObject({verdict: 'dead'});
    expect((await stablyUnactivated(model)).neurons[0]).toMatchObject({verdict: 'alive', supremum: 'none'});
  });
});

it.each([
  [
    {layer: 'none'},
    "stablyUnactivated: layer must be the name of a layer with an activation, but received 'none'. There are: 1, 2.",
  ],
  [{method: 'guess'}, 'method must be one of'],
  [{side: 'left'}, "side must be one of 'below', 'above'"],
  [{tolerance: -1}, 'tolerance must be a number from 0 to 1'],
  [{maxSystems: 0.5}, 'maxSystems must be an integer'],
  [{maxPrograms: -1}, 'maxPrograms must be an integer'],
  [{domain: {low: 0}}, 'domain.high must be a finite number, or 2 of them'],
])('refuses %j', async (args, message) => {
  const model = chain({units: 2, weight: 1, bias: 0}, {units: 1, weight: 1, bias: 0});
  await expect(stablyUnactivated(model, args as never)).rejects.toThrow(message);
  model.dispose();
});

it('looks at the only layer with an activation, and says which others there are', async () => {
  const [one, three] = [
    chain({units: 2, weight: 1, bias: -3}),
    chain({units: 2, weight: 1, bias: 0}, {units: 1, weight: 1, bias: 0}, {units: 3, weight: 1, bias: 0}),
  ];
  const {dead, notes} = await stablyUnactivated(one, {domain: {low: 0, high: 1}});
  expect({dead, notes}).toEqual({dead: 2, notes: []});
  const names = three.layers.map(({name}) => name);
  const {layer, notes: left} = await stablyUnactivated(three);
  expect(layer).toBe(names[1]);
  expect(left).toEqual([`neurons of '${names[1]}' alone; others by the option layer: ${names[0]}, ${names[2]}`]);
  one.dispose();
  three.dispose();
});
