import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
const {countLinearRegions, parameterReport} = pw.analysis;
const rnd = (n: number, s: number) => Array.from(tf.randomNormal([n], 0, 1, 'float32', s).dataSync());
async function time(name: string, model: tf.LayersModel, n: number, scale = 1) {
  const from = rnd(n, 1), to0 = rnd(n, 2);
  const to = from.map((x, i) => x + scale * (to0[i] - x));
  const c0 = process.cpuUsage(); const t0 = performance.now();
  const r = await countLinearRegions(model, {from, to});
  const c = process.cpuUsage(c0);
  console.log(name, 'cells', r.activationCells, 'regions', r.regions, 'ms', (performance.now() - t0).toFixed(0), 'cpu', ((c.user + c.system) / 1e3).toFixed(0));
}
async function main() {
  await tf.setBackend('cpu');
  const relu = (units: number, inputShape?: number[]) => tf.layers.dense({units, activation: 'relu', kernelInitializer: 'heNormal', ...(inputShape ? {inputShape} : {})});
  const which = process.argv[2];
  if (which === 'dense') {
    const m = tf.sequential({layers: [relu(512, [784]), relu(512), tf.layers.dense({units: 10})]});
    for (let i = 0; i < 3; i++) await time('784-512-512-10', m, 784);
    const t0 = performance.now(); await parameterReport(m); console.log('report', performance.now() - t0);
  }
  if (which === 'wide') {
    const m = tf.sequential({layers: [pw.layers.whtProjection({units: 2 ** 17, seed: 1, inputShape: [784]}), pw.layers.reluPair({initializer: 'uniform'}), pw.layers.whtProjection({units: 16, seed: 2})]});
    for (const s of [0.002, 0.008, 0.032]) await time('784-2^17-16 wht ' + s, m, 784, s);
  }
  if (which === 'deep') {
    const L: tf.layers.Layer[] = [];
    for (let i = 0; i < 4; i++) L.push(pw.layers.whtProjection({units: 2 ** 15, seed: i, ...(i ? {} : {inputShape: [784]})}), pw.layers.reluPair({initializer: 'uniform'}));
    L.push(pw.layers.whtProjection({units: 16, seed: 9}));
    const m = tf.sequential({layers: L});
    for (const s of [0.002, 0.008, 0.032]) await time('4 x 2^15 wht ' + s, m, 784, s);
  }
  if (which === 'one') {
    const m = tf.sequential({layers: [relu(100000, [64]), tf.layers.dense({units: 10})]});
    for (const s of [0.01, 0.1]) await time('64-100000-10 dense ' + s, m, 64, s);
  }
}
main();
