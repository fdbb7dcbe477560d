import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';

const {parameterReport} = analysis;

describe('parameterReport', () => {
  it('of a dense network: as many parameters a breakpoint as inputs, and one', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units: 512, activation: 'relu', inputShape: [784]}),
        tf.layers.dense({units: 10, activation: 'softmax'}),
      ],
    });
    const {layers: rows, total, notes} = await parameterReport(model);
    expect(rows).toEqual([
      {
        name: model.layers[0].name,
        className: 'Dense',
        parameters: 785 * 512,
        breakpoints: 512,
        liveBreakpoints: 512,
        parametersPerBreakpoint: 785,
        bytes: 4 * 785 * 512,
        multiplyAdds: 784 * 512 + 512,
      },
      expect.objectContaining({parameters: 5130, breakpoints: 0, parametersPerBreakpoint: null, multiplyAdds: 5120}),
    ]);
    expect(total.parameters).toBe(model.countParams());
    expect(total.parametersPerBreakpoint).toBe(model.countParams() / 512);
    expect(notes.join()).toContain('softmax');
    model.dispose();
  });

  it.each([
    [1, 2, 1024],
    [0.5, 1, 512],
    [0.25, 0.5, 256],
  ])(
    'of a Walsh-Hadamard network with a fraction %p: %p parameters a breakpoint',
    async (parametricFraction, each, own) => {
      const pair = layers.reluPair({parametricFraction, initializer: 'uniform'});
      const model = tf.sequential({layers: [layers.whtProjection({units: 1024, seed: 1, inputShape: [784]}), pair]});
      const {layers: rows, total} = await parameterReport(model);
      // Ten levels, the signs, the random bias.
      expect(rows[0]).toMatchObject({parameters: 0, breakpoints: 0, multiplyAdds: 1024 * 12});
      expect(rows[1]).toMatchObject({
        parameters: 2 * own,
        breakpoints: 1024,
        liveBreakpoints: 1024,
        multiplyAdds: 1024,
      });
      expect(total).toMatchObject({parametersPerBreakpoint: each, bytes: 8 * own});
      model.dispose();
    },
  );

  it.each([
    ['a network of projections that have none', {randomBias: 0}, {}, true],
    ['one whose projections have it, the default', {}, {}, false],
    ['one with a bias in its slopes', {randomBias: 0}, {useBias: true}, false],
    ['one that is linear', {randomBias: 0}, null, false],
  ])('says that it is positively homogeneous without any bias: %s', async (_, projection, slopes, expected) => {
    const model = tf.sequential({layers: [layers.whtProjection({units: 8, inputShape: [4], ...projection})]});
    if (slopes) model.add(layers.reluPair(slopes));
    model.add(tf.layers.dense({units: 1, useBias: false}));
    const {notes} = await parameterReport(model);
    expect(notes.some((note) => note.includes('positively homogeneous'))).toBe(expected);
    model.dispose();
  });

  it('tells live breakpoints from those that could be: equal slopes do not bend', async () => {
    const model = tf.sequential({layers: [layers.reluPair({parametricFraction: 0.5, inputShape: [8]})]});
    expect((await parameterReport(model)).total).toMatchObject({breakpoints: 8, liveBreakpoints: 4});
    model.dispose();
  });

  it('counts the kinks of waves on all channels, and the choices of windows', async () => {
    const wave = tf.sequential({layers: [layers.triangleWave({depth: 3, inputShape: [2, 5]})]});
    expect((await parameterReport(wave)).total).toMatchObject({
      parameters: 30,
      breakpoints: 10 * 9,
      liveBreakpoints: 90,
    });
    const pool = tf.sequential({layers: [tf.layers.maxPooling2d({poolSize: 2, inputShape: [4, 4, 3]})]});
    expect((await parameterReport(pool)).total).toMatchObject({parameters: 0, breakpoints: 36, multiplyAdds: 48});
    for (const model of [wave, pool]) model.dispose();
  });

  it('counts weights that are not trained, and the work of convolutions', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({filters: 8, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 2]}),
        tf.layers.batchNormalization(),
      ],
    });
    const {layers: rows} = await parameterReport(model);
    expect(rows[0]).toMatchObject({parameters: 152, breakpoints: 128, multiplyAdds: 16 * 144 + 128});
    expect(rows[1]).toMatchObject({parameters: 32, bytes: 128, breakpoints: 0, multiplyAdds: 128});
    model.dispose();
  });

  it('says what it does not know of a layer, and of the total', async () => {
    const model = tf.sequential({
      layers: [tf.layers.lstm({units: 3, inputShape: [4, 2]}), tf.layers.dense({units: 2, activation: 'relu'})],
    });
    const {layers: rows, total} = await parameterReport(model);
    const unknown = {breakpoints: null, liveBreakpoints: null, parametersPerBreakpoint: null, multiplyAdds: null};
    expect(rows[0]).toMatchObject({className: 'LSTM', parameters: 72, bytes: 288, ...unknown});
    expect(rows[1]).toMatchObject({parameters: 8, breakpoints: 2, parametersPerBreakpoint: 4});
    expect(total).toMatchObject({parameters: 80, ...unknown});
    model.dispose();
  });

  it('lists a layer that is used twice once, with the breakpoints of both uses', async () => {
    const shared = tf.layers.dense({units: 3, activation: 'relu'});
    const inputs = tf.input({shape: [3]});
    const model = tf.model({inputs, outputs: shared.apply(shared.apply(inputs)) as tf.SymbolicTensor});
    const {layers: rows} = await parameterReport(model);
    expect(rows.length).toBe(1);
    expect(rows[0]).toMatchObject({parameters: 12, breakpoints: 6, parametersPerBreakpoint: 2});
    model.dispose();
  });

  it('takes less than 5 seconds for 784-512-512-10', async () => {
    const sizes = [512, 512, 10];
    const model = tf.sequential({
      layers: sizes.map((units, i) =>
        tf.layers.dense({units, activation: 'relu', ...(i === 0 && {inputShape: [784]})}),
      ),
    });
    const before = process.cpuUsage(); // of this process: the machine may be busy with others
    const {total} = await parameterReport(model);
    const {user, system} = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
    expect(total.parameters).toBe(785 * 512 + 513 * 512 + 513 * 10);
    model.dispose();
  });
});
