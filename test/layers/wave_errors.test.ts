import * as tf from '@tensorflow/tfjs';
import {exporters, initializers, layers} from 'tfjs-piecewise';
import {collectTensors, useBackend} from '../support/backend';
import {saved} from './models';
import {disposeUsed, used} from './used_layers';

useBackend();

type Args = layers.TriangleWaveArgs;
const {triangleWave} = layers;

describe('triangleWave refuses', () => {
  const bad = (args: object) => () => triangleWave({name: 'mine', ...args} as Args);
  it.each([
    ['a negative depth', bad({depth: -1}), 'layer mine: depth must be an integer >= 1, but received -1.'],
    ['no depth', bad({depth: 0}), 'depth must be an integer >= 1, but received 0'],
    ['half a level', bad({depth: 2.5}), 'but received 2.5'],
    ['an epsilon of 0, which would let peaks reach the ends', bad({peakEpsilon: 0}), 'peakEpsilon must be a number'],
    ['a gain of 0, which would freeze the peaks', bad({peakGain: 0}), 'peakGain must be a number'],
    ['a base line by name', bad({base: 'fixed'}), 'base: options must be an object', "but received 'fixed'"],
    ['a slope NaN', bad({base: {slope: Number.NaN}}), 'base.slope must be a finite number', 'received NaN'],
    [
      'an infinite intercept',
      bad({base: {intercept: Number.POSITIVE_INFINITY}}),
      'base.intercept must be a finite number',
    ],
    ['an unknown scaling', bad({scaling: 'loose'}), "scaling must be one of 'tied', 'free', 'sawtooth', 'takagi'"],
    ['a scale of 0', bad({scale: 0}), "scale must be 'a0a1', 'train', or a finite number > 0, but received 0"],
    ['a scale of its own by name', bad({scale: 'big'}), 'but received big'],
    [
      'an unknown norm',
      bad({inputNorm: 'fit'}),
      "inputNorm must be one of 'none', 'clip', 'sigmoid', 'fold', 'batchNorm+sigmoid'",
    ],
    [
      'a slope of 0 that scales the wave',
      bad({base: {slope: 0}}),
      "would flatten the wave of scale 'a0a1'",
      '{scale: 0.25}',
    ],
    ['a domain the wrong way round', bad({domain: [1, 0]}), 'domain must be two finite numbers, the lower first'],
    ['half a domain', bad({domain: [0]}), 'domain must be two finite numbers'],
    ['a domain of the sigmoid', bad({inputNorm: 'sigmoid', domain: [0, 2]}), 'there must be no domain'],
    ['an unknown outside', bad({inputNorm: 'none', outside: 'wrap'}), "outside must be one of 'linear', 'clamp'"],
    ['an outside that there is not', bad({outside: 'linear'}), "outside must be left out with inputNorm 'clip'"],
    ['another tail', bad({tailPeak: 0.4}), "tailPeak must be 'train' or 0.5, but received 0.4"],
    ['a tail that trains nothing', bad({scaling: 'free', tailPeak: 'train'}), "tailPeak 'train' needs scaling 'tied'"],
    [
      'peaks that it would not use',
      bad({scaling: 'takagi', peakInitializer: 'peakUniform'}),
      'there must be no peakInitializer',
    ],
    [
      'a peak of 0',
      bad({peakInitializer: 'zeros'}),
      'known to be in (0, 1), but received Zeros',
      'pw.initializers.peakUniform',
    ],
    ['a peak at an end', bad({peakInitializer: tf.initializers.constant({value: 1})}), 'but received 1'],
    [
      'given peaks outside (0, 1)',
      bad({peakInitializer: initializers.given({values: [0.5, -0.2]})}),
      'from -0.2 to 0.5',
    ],
    ['random peaks outside (0, 1)', bad({peakInitializer: 'randomUniform'}), 'peaks must be in (0, 1), but received'],
    ['the free stage', bad({stage: 'free'}), "stage must be 'regions', but received 'free'", 'blockDense'],
    ['a seed that is no integer', bad({seed: 0.5}), 'seed must be an integer'],
    ['random numbers of a later version', bad({randomVersion: 2}), 'randomVersion must be 1'],
  ] as [string, () => unknown, ...string[]][])('%s', (_, call, ...parts) => {
    for (const part of parts) expect(call).toThrow(part);
  });
});

describe('triangleWave', () => {
  disposeUsed();

  it('has no parameters before it is built', () => {
    expect(() => triangleWave({name: 'mine'}).parameters()).toThrow(
      'layer mine: a layer must be built to have parameters',
    );
  });

  it('refuses weights of the free stage', () => {
    collectTensors();
    const layer = used(triangleWave({name: 'mine', depth: 2}), [1]);
    expect(() => layer.setWeights([tf.zeros([1, 4, 4]), tf.zeros([4])])).toThrow(
      'layer mine: the weights must be peaks, slope, intercept of shapes [1,3], [1], [1], ' +
        'but received [1,4,4], [4]. Weights of the free stage fit dense and blockDense layers only.',
    );
  });

  it('is not loaded with weights of the free stage either', async () => {
    collectTensors();
    const model = tf.sequential({layers: [triangleWave({name: 'mine', depth: 2, inputShape: [1]})]});
    const dense = exporters.toDense(model);
    const {weightSpecs, weightData} = await saved(dense);
    const weights = tf.io.decodeWeights(weightData as ArrayBuffer, weightSpecs!);
    expect(() => model.loadWeights(weights)).toThrow(/weight data has no target variable: mine_clip\/kernel/);
    dense.dispose();
    model.dispose();
  });

  it('warns once about a depth that float32 cannot use', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    triangleWave({depth: 11});
    expect(warn).not.toHaveBeenCalled();
    triangleWave({depth: 12, name: 'deep'});
    triangleWave({depth: 20});
    expect(warn.mock.calls).toEqual([
      ['layer deep: beyond depth 11 the waves are below the precision of float32; depth 12 adds nothing.'],
    ]);
    warn.mockRestore();
  });

  it('refuses more than 8 levels on a backend of float16', () => {
    const precision = jest.spyOn(tf.backend(), 'floatPrecision').mockReturnValue(16);
    const build = (depth: number) => () => used(triangleWave({depth, name: 'mine'}), [1]).apply(tf.zeros([1, 1]));
    collectTensors();
    expect(build(9)).toThrow(
      'layer mine: depth 9 needs a backend that computes in float32, but received one of float16',
    );
    expect(build(8)).not.toThrow();
    precision.mockRestore();
  });
});
