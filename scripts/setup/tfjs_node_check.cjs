// Run in a child process: does tfjs-node load here, and does it calculate? Prints one line of JSON, on a line of its own
// because TensorFlow prints too.
const answer = (result) => process.stdout.write(`\n${JSON.stringify(result)}\n`);

let step = 'load';
try {
  const tf = require('tfjs-piecewise/tfjs-node');
  step = 'calculate';
  const product = tf
    .matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([0, 1, 1, 0], [2, 2]))
    .dataSync()
    .join();
  if (product !== '2,1,4,3') throw new Error(`matMul gives ${product}`);
  if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend is ${tf.getBackend()}`);
  answer({tensorflow: tf.backend().binding.TF_Version});
} catch (error) {
  answer({step, error: String(error.message).split('\n')[0].trim()});
}
