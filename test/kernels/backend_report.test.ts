import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {installKernels, type KernelFunction} from '../../src/engine';
import {type BackendName, backendName, useBackend} from '../support/backend';
import {recordReport} from '../support/conformance_results';

useBackend();

/** What runs here, in Node. */
const PATHS: Record<BackendName, RegExp> = {
  cpu: /^SIMD module, on copies/,
  wasm: /^SIMD module in the memory of tfjs, not shared$/,
  tensorflow: /\bTensorFlow\b/,
  webgpu: /./,
};

it('says what runs on the active backend', () => {
  const {backend, path, kernels} = pw.backendReport();
  expect(backend).toBe(backendName);
  expect(path).toMatch(PATHS[backendName]);
  expect(kernels.TakeUnits).toBe('native');
  if (backendName !== 'webgpu') expect(kernels).toMatchObject({WalshHadamard: 'native', ReLUPairGradient: 'native'});
  recordReport({environment: 'Node', title: backendName}, pw.backendReport());
});

it('knows every kernel that an op defines', () => {
  const folder = path.join(__dirname, '../../src/ops');
  const code = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const names = [...code.join('\n').matchAll(/^ {2}name: '(\w+)',$/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThanOrEqual(9);
  expect(Object.keys(pw.backendReport().kernels).sort()).toEqual(names.sort());
});

it('says the same before and after the first use of a portable kernel', () => {
  const before = pw.backendReport();
  tf.tidy(() => void tf.grad((x: tf.Tensor) => pw.whtReLUPair(x, 0.5, 1))(tf.ones([4])));
  expect(pw.backendReport()).toEqual(before);
});

it('can be printed', () => {
  expect(JSON.parse(JSON.stringify(pw.backendReport()))).toEqual(pw.backendReport());
});

describe('on a backend of somebody else', () => {
  const Cpu = () => tf.findBackend('cpu').constructor as new () => tf.KernelBackend;
  beforeAll(() => {
    const Backend = Cpu();
    tf.registerBackend('elsewhere', () => new Backend());
    return tf.setBackend('elsewhere');
  });
  afterAll(async () => {
    await tf.setBackend(backendName);
    tf.removeBackend('elsewhere');
  });

  it('advises to compare with those that have native kernels', () => {
    const {backend, path, advice, kernels} = pw.backendReport();
    expect({backend, path}).toEqual({backend: 'elsewhere', path: 'ops of tfjs'});
    expect(advice).toMatch(/native kernels: .*\bcpu\b/);
    expect(new Set(Object.values(kernels))).toEqual(new Set(['portable']));
  });

  it('asks the backend itself, once somebody gave it kernels, how they run', () => {
    const kernel: KernelFunction = ({inputs}) => inputs.x!;
    installKernels('elsewhere', {TriangleWave: kernel});
    expect(pw.backendReport().path).toBe('kernels that do not describe themselves');
    const describe = (backend: unknown) => ({path: backend instanceof Cpu() ? 'a crystal' : '?', advice: 'Polish it.'});
    installKernels('elsewhere', {ReLUPair: kernel, TriangleWave: kernel}, describe);
    const report = pw.backendReport();
    expect(report).toMatchObject({backend: 'elsewhere', path: 'a crystal', advice: 'Polish it.'});
    expect(report.kernels).toMatchObject({ReLUPair: 'native', TriangleWave: 'native', WalshHadamard: 'portable'});
  });
});
