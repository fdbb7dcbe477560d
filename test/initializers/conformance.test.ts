import * as tf from '@tensorflow/tfjs';
import {initializers} from 'tfjs-piecewise';

type Own = ReturnType<typeof initializers.peakUniform>;

const ALL: [
  name: string,
  make: (args?: object) => tf.serialization.Serializable & Pick<Own, 'apply'>,
  random: boolean,
][] = [
  ['given', () => initializers.given({values: [[0.5, 0.25, 0.125]]}), false],
  ['peakConstant', (args) => initializers.peakConstant({value: 0.3, ...args}), false],
  ['peakUniform', (args) => initializers.peakUniform({minval: 0.1, maxval: 0.2, ...args}), true],
  ['rai', (args) => initializers.rai({fanIn: 7, ...args}), true],
  ['torchLinear', (args) => initializers.torchLinear({fanIn: 7, ...args}), true],
];

const draw = (initializer: Pick<Own, 'apply'>) =>
  tf.tidy(() => Array.from(initializer.apply([1, 3], 'float32').dataSync()));

/** A layer of tfjs, which resolves its initializer as all layers do. */
const denseWith = (kernelInitializer: object | string) =>
  tf.layers.dense({units: 3, inputShape: [1], kernelInitializer: kernelInitializer as Own});

describe.each(ALL)('initializers.%s', (name, make, random) => {
  it('comes back from its config, also when that went through JSON, and draws the same again', () => {
    const initializer = make();
    const copy = fromConfig(initializer, JSON.parse(JSON.stringify(initializer.getConfig())));
    expect(copy.constructor).toBe(initializer.constructor);
    expect(copy.getConfig()).toEqual(initializer.getConfig());
    expect(draw(copy)).toEqual(draw(initializer));
  });

  it('is saved and loaded with a layer of tfjs', () => {
    const saved = denseWith(make()).getConfig().kernelInitializer as {className: string; config: object};
    expect(saved.className).toBe(make().getClassName());
    const copy = denseWith(JSON.parse(JSON.stringify(saved)));
    expect(copy.getConfig().kernelInitializer).toEqual(saved);
    copy.apply(tf.input({shape: [1]}));
    expect(Array.from(copy.getWeights()[0].dataSync())).toEqual(draw(fromConfig(make(), saved.config)));
    copy.dispose();
  });

  it('refuses weights that are not float32', () => {
    expect(() => make().apply([1, 3], 'int32')).toThrow('the weights must be of dtype float32, but received int32');
  });

  if (random) {
    it('draws the same numbers for the same seed, others for another, and saves a seed it was not given', () => {
      expect(draw(make({seed: 1}))).toEqual(draw(make({seed: 1})));
      expect(draw(make({seed: 1}))).not.toEqual(draw(make({seed: 2})));
      expect(Number.isSafeInteger(make().getConfig().seed)).toBe(true);
      expect(() => make({seed: 0.5})).toThrow('seed must be an integer, but received 0.5');
    });
  }

  if (name !== 'given') {
    it('goes by its name in any layer', () => {
      const {kernelInitializer} = denseWith(name).getConfig();
      expect(kernelInitializer).toMatchObject({className: make().getClassName()});
    });
  }
});

function fromConfig(like: object, config: object): Own {
  const Class = like.constructor as typeof initializers.PeakUniform;
  return Class.fromConfig(Class as never, config as tf.serialization.ConfigDict) as unknown as Own;
}

describe('peaks', () => {
  it.each([
    [
      () => initializers.peakUniform({minval: 0.5, maxval: 0.5}),
      'minval must be below maxval, but received minval 0.5',
    ],
    [() => initializers.peakUniform({maxval: 1.5}), 'maxval must be a number from 0 to 1, but received 1.5'],
    [() => initializers.peakConstant({value: 1}), 'value must lie between 0 and 1, but received 1'],
    [() => initializers.peakConstant({value: Number.NaN}), 'value must be a number from 0 to 1, but received NaN'],
  ])('outside (0, 1) are refused (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it('are uniform between their bounds', () => {
    const values = tf.tidy(() => initializers.peakUniform({seed: 1}).apply([5000]).dataSync());
    expect(Math.min(...values)).toBeGreaterThan(0.25);
    expect(Math.min(...values)).toBeLessThan(0.251);
    expect(Math.max(...values)).toBeLessThan(0.75);
    expect(Math.max(...values)).toBeGreaterThan(0.749);
  });
});

describe('given', () => {
  it.each([
    [{}, 'values must be nested arrays of finite numbers, but received undefined'],
    [{values: []}, 'values must be nested arrays of finite numbers'],
    [{values: [1, Number.NaN]}, 'but received NaN'],
  ])('refuses what are no numbers: %j', (args, message) => {
    expect(() => initializers.given(args as initializers.GivenArgs)).toThrow(message);
  });

  it('refuses a weight of another shape', () => {
    expect(() => initializers.given({values: [1, 2]}).apply([2, 1])).toThrow(
      'initializer Given: values must have the shape [2,1] of the weight, but received [2]. Nest them like it.',
    );
  });
});
