// Prints derivatives of slopes and inputs, to the last bit. The file with the op is named on the command line.
const tf = require('tfjs-piecewise/tfjs-node');

const {prefix} = require(process.argv[2]);
const {TF_ATTR_FLOAT} = tf.backend().binding;
const integer = (name, value) => ({name, type: tf.backend().binding.TF_ATTR_INT, value});
for (const [rows, units] of [
  [999, 700],
  [5, 2 ** 17],
  [70, 2 ** 13],
]) {
  const x = tf.sin(tf.range(0, rows * units)).reshape([rows, units]);
  const dy = tf.cos(tf.range(0, rows * units)).reshape([rows, units]);
  const inputs = [x, tf.ones([units]), tf.zeros([units]), dy];
  const attributes = [integer('units', units), integer('inner', 1)];
  const [, ...dslopes] = tf.backend().executeMultipleOutputs(`${prefix}ReLUPairGradient`, attributes, inputs, 3);
  if (units !== 700) {
    const transform = [integer('axis', 1), {name: 'scale', type: TF_ATTR_FLOAT, value: 0.01}];
    const block = [x, tf.ones([units]), tf.ones([units]), tf.zeros([units]), dy];
    dslopes.push(...tf.backend().executeMultipleOutputs(`${prefix}WHTReLUPairBackward`, transform, block, 3));
  }
  for (const slopes of dslopes) process.stdout.write(`${Buffer.from(slopes.dataSync().buffer).toString('base64')}\n`);
}
