import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {READERS} from './layers';
import {randomNet} from './random/net';
import {describe as describeAnswer, tryNets} from './try_nets';

beforeAll(() => tf.setBackend('cpu'));

it('the instruments count the regions of 200 random networks as exact rational numbers do', async () => {
  const {answers, wrong, near, unsure} = await tryNets({runs: 200, seed: 1});
  expect(wrong.map(describeAnswer)).toEqual([]);
  expect(answers).toBeGreaterThan(200);
  expect(near).toBeLessThan(3);
  expect(unsure).toBeLessThan(0.04 * answers);
});

it('finds an instrument that is off by one, and tells how to see it again', async () => {
  const {countLinearRegions} = analysis;
  const spy = jest.spyOn(analysis, 'countLinearRegions').mockImplementation(async (...args) => {
    const {regions, ...rest} = await countLinearRegions(...args);
    return {...rest, regions: regions + 1};
  });
  const {kinds, wrong} = await tryNets({runs: 3, seed: 1});
  spy.mockRestore();
  const segments = kinds.find(({kind}) => kind === 'segments')!;
  expect(segments.wrong + segments.near).toBe(segments.answers);
  expect(describeAnswer(wrong[0])).toMatch(/\d regions, true \d.*npm run reliability -- oracle --seed \d --runs 1/s);
});

/** Read by code for images, or one of the other layers on each step of time: held against predictions alone. */
const PREDICTED = [
  'AveragePooling3D',
  'Conv2DTranspose',
  'Conv3D',
  'Conv3DTranspose',
  'MaxPooling3D',
  'TimeDistributed',
];

it('has networks of every layer that the instruments read', async () => {
  const refused = tf.sequential({layers: [tf.layers.thresholdedReLU({inputShape: [1]})]});
  const message = await analysis
    .countLinearRegions(refused, {from: [0], to: [1]})
    .catch((error: Error) => error.message);
  const [, supported] = /Supported are (.*)\./.exec(message as string)!;
  expect([...Object.keys(READERS), ...PREDICTED].sort()).toEqual(supported.split(', ').sort());

  const found = new Set<string>();
  for (let seed = 1; seed <= 200; seed++) {
    const {model, kinds} = randomNet(seed);
    model.dispose();
    for (const kind of kinds) if (READERS[kind]) found.add(kind);
  }
  expect([...found].sort()).toEqual(Object.keys(READERS).sort());
});
