// Prints the derivatives of slopes, to the last bit. The file with the op is named on the command line.
const tf = require('tfjs-piecewise/tfjs-node');

const {prefix} = require(process.argv[2]);
const integer = (name, value) => ({name, type: tf.backend().binding.TF_ATTR_INT, value});
for (const [rows, units] of [
  [999, 700],
  [5, 2 ** 17],
]) {
  const x = tf.sin(tf.range(0, rows * units)).reshape([rows, units]);
  const dy = tf.cos(tf.range(0, rows * units)).reshape([rows, units]);
  const inputs = [x, tf.ones([units]), tf.zeros([units]), dy];
  const attributes = [integer('units', units), integer('inner', 1)];
  const [, ...dslopes] = tf.backend().executeMultipleOutputs(`${prefix}ReLUPairGradient`, attributes, inputs, 3);
  for (const slopes of dslopes) process.stdout.write(`${Buffer.from(slopes.dataSync().buffer).toString('base64')}\n`);
}
