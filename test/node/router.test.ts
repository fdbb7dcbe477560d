import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {temporaryFolder} from './support/models';

const folder = temporaryFolder();

type Tf = typeof import('@tensorflow/tfjs');

const ours = () => require('tfjs-piecewise/node');
/** The router of tfjs-node, without its native library. */
const theirs = () => {
  const tf: Tf = require('@tensorflow/tfjs');
  const {nodeFileSystemRouter} = require('@tensorflow/tfjs-node/dist/io/file_system');
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
};

describe.each([
  ['ours alone', [ours]],
  ['ours before tfjs-node', [ours, theirs]],
  ['ours after tfjs-node', [theirs, ours]],
  ['two copies of ours', [ours, copyOfOurs]],
  ['two copies of ours around tfjs-node', [ours, theirs, copyOfOurs]],
])('%s', (_, imports) => {
  let tf: Tf;
  beforeEach(() => {
    // Each test takes a new copy of tfjs, because routers cannot be removed; a second copy warns of every kernel.
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    jest.resetModules();
    tf = require('@tensorflow/tfjs');
    for (const load of imports) load();
    warn.mockRestore();
  });

  it('one handler answers a file address, none any other', () => {
    for (const handlers of [tf.io.getSaveHandlers, tf.io.getLoadHandlers]) {
      expect(handlers('file:///some/folder')).toHaveLength(1);
      expect(handlers('file://relative')).toHaveLength(1);
      expect(handlers('files://folder')).toEqual([]);
      expect(handlers('folder')).toEqual([]);
    }
  });

  it('a model is saved and loaded', async () => {
    const model = tf.sequential({layers: [tf.layers.dense({inputShape: [2], units: 3})]});
    await model.save(`file://${folder()}/model`);
    const copy = await tf.loadLayersModel(`file://${folder()}/model/model.json`);
    expect(copy.getWeights()[0].dataSync()).toEqual(model.getWeights()[0].dataSync());
    model.dispose();
    copy.dispose();
  });
});

/** As when one program imports the ES module and requires the CommonJS one: the same tfjs, two copies of us. */
function copyOfOurs(): void {
  const tf: Tf = require('@tensorflow/tfjs');
  jest.isolateModules(() => {
    jest.doMock('@tensorflow/tfjs', () => tf);
    require('tfjs-piecewise/node');
    jest.dontMock('@tensorflow/tfjs');
  });
}

describe('beside the real tfjs-node', () => {
  const root = dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
  const present = existsSync(join(root, 'lib/napi-v8/tfjs_binding.node'));
  const child = join(__dirname, 'support/save_beside_tfjs_node.ts');

  (present ? it : it.skip).each([
    ['tfjs-piecewise/node,tfjs-piecewise/tfjs-node'],
    ['tfjs-piecewise/tfjs-node,tfjs-piecewise/node'],
  ])('imported as %s, models are saved and loaded (skipped without its native library)', (order) => {
    const tsx = require.resolve('tsx/cli');
    const args = [tsx, '--conditions=tfjs-piecewise:source', child, order, join(folder(), 'model')];
    const output = execFileSync(process.execPath, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
    expect(JSON.parse(output.trim().split('\n').at(-1)!)).toEqual({backend: 'tensorflow', difference: 0});
  });
});
