/** What the tab says of a model, as a program of a few parts: as code for Node, and as a notebook. */

import {printNumbers} from '../networks/call';
import {IMPORTS, type Part} from '../program';
import type {RegionsView} from '../worker/messages';

/** `view`: where the page counted linear regions; null where it could not. */
export function modelProgram(view: RegionsView | null): Part[] {
  return [
    {...IMPORTS, code: `${IMPORTS.code}\nimport {fileSystem} from 'tfjs-piecewise/node';`},
    {
      title: 'The model',
      code: `const model = await tf.loadLayersModel(fileSystem('.'));
model.summary();`,
    },
    {
      title: 'What each layer costs',
      code: `const {layers, total} = await pw.analysis.parameterReport(model);
for (const {name, parameters, breakpoints, multiplyAdds} of [...layers, {...total, name: 'in all'}]) {
  console.log(\`\${name}: \${parameters} weights, \${breakpoints ?? '-'} breakpoints, \${multiplyAdds ?? '-'} multiply-adds\`);
}`,
    },
    {
      title: 'A prediction for random inputs',
      code: `const x = model.inputs.map(({shape}) => tf.randomNormal([1, ...shape.slice(1)]));
console.log(String(model.predict(x)));`,
    },
    ...(view ? [{title: 'Linear regions', code: countOf(view)}] : []),
    {
      title: 'The pictures',
      notebook: true,
      code: `display.html(await pw.plot.network(model, {width: 560}));${view ? `\n${pictureOf(view)}` : ''}`,
    },
  ];
}

function countOf(view: RegionsView): string {
  if ('from' in view) {
    return `const found = await pw.analysis.countLinearRegions(model, {from: [${view.from}], to: [${view.to}], values: true});
console.log(\`\${found.regions} linear regions\`);`;
  }
  const {plane, x, y, maxPolygons} = view;
  const window = `x: [${x}], y: [${y}], maxPolygons: ${maxPolygons}`;
  const count = (more: string) => `const found = await pw.analysis.linearRegions2d(model, {${window}${more}});
console.log(\`\${found.regions} linear regions\`);`;
  if (!plane) return count('');
  const {origin, u, v} = plane;
  return `// In a plane of inputs: origin + x * u + y * v.
const origin = ${printNumbers(origin, 17)};
const u = ${printNumbers(u, 17)};
const v = ${printNumbers(v, 17)};
${count(', plane: {origin: origin, u: u, v: v}')}`;
}

const pictureOf = (view: RegionsView): string =>
  'from' in view
    ? `display.html(pw.plot.breakpoints(found, {width: 560, x: [${view.from}, ${view.to}]}));`
    : 'display.html(pw.plot.regions(found, {width: 560}));';
