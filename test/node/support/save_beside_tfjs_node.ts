/** Imports the modules named in the first argument in order, then saves and loads a model in the folder named second. */

const [order, folder] = process.argv.slice(2);
for (const name of order.split(',')) require(name);

async function main(): Promise<void> {
  const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');
  const model = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 4})]});
  await model.save(`file://${folder}`);
  const copy = await tf.loadLayersModel(`file://${folder}/model.json`);
  const x = tf.ones([2, 3]);
  const difference = tf
    .sub(model.predict(x) as never, copy.predict(x) as never)
    .abs()
    .max()
    .dataSync()[0];
  process.stdout.write(`${JSON.stringify({backend: tf.getBackend(), difference})}\n`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
