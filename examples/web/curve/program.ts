/** The state of the page as a program of a few parts: as code for Node, and as a notebook. */

import {printModel, printNumbers} from '../networks/call';
import {type CurveConfig, FIRST_STAGE, FREE_RATE, hasTwoStages} from '../networks/curve_config';
import {HALF_LIFE} from '../networks/half_life';
import {IMPORTS, type Part} from '../program';
import type {CurveFit, NetworkName} from '../worker/messages';

export interface CurveState {
  title: string;
  epochs: number;
  fits: Record<NetworkName, CurveFit>;
}

export function curveProgram(config: CurveConfig, {title, epochs, fits}: CurveState): Part[] {
  const {x, y, truth} = config;
  const isClean = y.every((value, i) => value === truth[i]);
  const free = hasTwoStages(config);
  return [
    IMPORTS,
    {
      title: `The curve: ${title}${isClean ? '' : ', with noise'}`,
      code: `const points = ${printNumbers(x)};
const targets = ${printNumbers(y)};
const truth = ${isClean ? 'targets' : printNumbers(truth)};
const x = tf.tensor2d(points, [points.length, 1]);
const y = tf.tensor2d(targets, [targets.length, 1]);`,
    },
    {
      title: 'The networks',
      code: `const networks = [
  {name: 'dense', rate: ${fits.dense.plan.learningRate}, model: ${indented(printModel(fits.dense.plan))}},
  {name: 'ours', rate: ${fits.ours.plan.learningRate}, model: ${indented(printModel(fits.ours.plan))}},
];`,
    },
    {
      title: 'Training: all points at once, at a rate that falls',
      code: `const EPOCHS = ${epochs};

function train(model, rate, epochs) {
  const optimizer = pw.optimizers.adamW({learningRate: rate, weightDecay: 0});
  const variables = model.trainableWeights.map((weight) => weight.read());
  for (let epoch = 0; epoch < epochs; epoch++) {
    optimizer.learningRate = rate * 0.5 ** (epoch / ${HALF_LIFE});
    optimizer.minimize(() => tf.losses.meanSquaredError(y, model.apply(x)), false, variables);
  }
}

for (const network of networks) {
${
  free
    ? `  const isOurs = network.name === 'ours' && EPOCHS > ${FIRST_STAGE};
  train(network.model, network.rate, isOurs ? ${FIRST_STAGE} : EPOCHS);
  if (isOurs) {
    // The same function, with all weights free.
    network.model = pw.exporters.toDense(network.model);
    train(network.model, ${FREE_RATE}, EPOCHS - ${FIRST_STAGE});
  }`
    : '  train(network.model, network.rate, EPOCHS);'
}
}`,
    },
    {
      title: 'What came of it',
      code: `async function report({name, model}) {
  const predicted = await model.predict(x).data();
  const error = truth.reduce((sum, value, i) => sum + (predicted[i] - value) ** 2, 0) / truth.length;
  const {regions} = await pw.analysis.countLinearRegions(model, {from: [0], to: [1]});
  const size = \`\${model.countParams()} weights, \${regions} pieces\`;
  console.log(\`\${name}: \${size}, mean squared error \${error.toExponential(2)}\`);
}

for (const network of networks) await report(network);`,
    },
    {
      title: 'The pictures',
      notebook: true,
      code: `async function draw({name, model}) {
  const found = await pw.analysis.countLinearRegions(model, {from: [0], to: [1], values: true});
  const look = {width: 560, title: name, families: [name], points: {x: points, y: targets}};
  display.html(pw.plot.breakpoints(found, {...look, x: [0, 1]}));
}

for (const network of networks) await draw(network);`,
    },
  ];
}

const indented = (code: string) => code.replace(/\n/g, '\n  ');
