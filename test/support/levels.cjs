/**
 * Which specs a run leaves out, and why. The first lines of a spec say what it needs of the setup, and whether it is one of
 * those that only `npm run test:all` runs:
 *
 *   /** @needs browser onnx *\/
 *   /** @slow *\/
 */

const fs = require('node:fs');
const path = require('node:path');
const {whyMissing} = require('../../scripts/setup/needs.cjs');

/** Folders of which every spec needs a part, or is slow. */
const FOLDERS = {
  'test/browser': {needs: ['browser'], slow: true},
  'test/python': {needs: ['python'], slow: true},
  'test/nodes': {needs: ['nodes'], slow: true},
};

/** The specs that a level leaves out: {spec, missing: {part: reason}, slow}. Level 'usual' leaves out the slow ones. */
function leftOut(root, level) {
  return specsIn(root)
    .map((spec) => {
      const {needs, slow} = headOf(root, spec);
      const missing = Object.fromEntries(needs.map((part) => [part, whyMissing(part)]).filter(([, reason]) => reason));
      return {spec, missing, slow: slow && level === 'usual'};
    })
    .filter(({missing, slow}) => slow || Object.keys(missing).length > 0);
}

const specsIn = (root) =>
  fs
    .readdirSync(path.join(root, 'test'), {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .sort();

function headOf(root, spec) {
  const [head] = fs.readFileSync(path.join(root, spec), 'utf8').split('import ', 1);
  const folder = FOLDERS[spec.split('/').slice(0, 2).join('/')] ?? {needs: [], slow: false};
  const named = /@needs ([\w -]+)/.exec(head)?.[1].trim().split(/ +/) ?? [];
  return {needs: [...new Set([...folder.needs, ...named])], slow: folder.slow || /@slow\b/.test(head)};
}

module.exports = {leftOut};
