/** The state of the page as a program of a few parts: as code for Node, and as a notebook. */

import {printModel, printNumbers} from '../networks/call';
import {HALF_LIFE} from '../networks/half_life';
import type {PlaneConfig} from '../networks/plane_config';
import {IMPORTS, type Part} from '../program';
import type {NetworkName, PlaneFit} from '../worker/messages';

export function planeProgram({points}: PlaneConfig, epochs: number, fits: Record<NetworkName, PlaneFit>): Part[] {
  const plans = {dense: fits.dense.plan, ours: fits.ours.plan};
  const model = (name: NetworkName) => printModel(plans[name]).replace(/\n/g, '\n  ');
  return [
    IMPORTS,
    {
      title: 'The points, x and y by turns, and the kind of each',
      code: `const places = ${printNumbers(points.flatMap(({x, y}) => [x, y]))};
const kinds = ${printNumbers(points.map(({label}) => label))};
const x = tf.tensor2d(places, [kinds.length, 2]);
const y = tf.tensor2d(kinds, [kinds.length, 1]);`,
    },
    {
      title: 'The networks',
      code: `const networks = [
  {name: 'dense', rate: ${plans.dense.learningRate}, model: ${model('dense')}},
  {name: 'ours', rate: ${plans.ours.learningRate}, model: ${model('ours')}},
];`,
    },
    {
      title: 'Training: all points at once, at a rate that falls',
      code: `function train({model, rate}) {
  const optimizer = pw.optimizers.adamW({learningRate: rate, weightDecay: 0});
  const variables = model.trainableWeights.map((weight) => weight.read());
  for (let epoch = 0; epoch < ${epochs}; epoch++) {
    optimizer.learningRate = rate * 0.5 ** (epoch / ${HALF_LIFE});
    optimizer.minimize(() => tf.losses.sigmoidCrossEntropy(y, model.apply(x)), false, variables);
  }
}

for (const network of networks) train(network);`,
    },
    {
      title: 'What came of it',
      code: `async function report({name, model}) {
  const scores = await model.predict(x).data();
  const right = kinds.filter((kind, i) => scores[i] > 0 === (kind === 1)).length;
  const {regions} = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
  const size = \`\${model.countParams()} weights, \${regions} linear regions\`;
  console.log(\`\${name}: \${size}, \${right} of \${kinds.length} points on the right side\`);
}

for (const network of networks) await report(network);`,
    },
    {
      title: 'The pictures',
      notebook: true,
      code: `for (const {name, model} of networks) {
  const found = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
  display.html(pw.plot.regions(found, {width: 560, title: name}));
}`,
    },
  ];
}
