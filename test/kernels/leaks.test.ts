import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {runKernel} from '../../src/engine';
import {backendName, useBackend} from '../support/backend';
import {fresh} from './check_row';
import {type Row, sizeOf, TABLE} from './table';

useBackend();

// A software GPU needs milliseconds for each step of a portable kernel.
const CALLS = {cpu: 1000, wasm: 1000, tensorflow: 1000, webgpu: 30}[backendName];

/** A case of each kernel that is not trivial and not long. */
const rows = TABLE.map(([, rows]) => rows.find((row) => sizeOf(row) > 8)).filter((row) => !!row);
const kernels = new Map(rows.map((row) => [row.kernel.name, row]));

function run({kernel, attrs}: Row, inputs: {[name: string]: tf.Tensor}): void {
  tf.dispose(runKernel(kernel, inputs, attrs));
}

/** The first derivative too, which calls the kernel of the gradient and saves what that needs. */
function differentiate({kernel, attrs}: Row, inputs: {[name: string]: tf.Tensor}): void {
  tf.tidy(() => {
    // An input of no numbers has no derivative, and webgpu cannot sum it.
    const isFixed = (name: string) => name === 'signs' && kernel.gradient?.kept !== undefined;
    const names = Object.keys(inputs).filter(
      (name) => inputs[name].dtype === 'float32' && inputs[name].size > 0 && !isFixed(name),
    );
    const outputs = (...args: tf.Tensor[]) =>
      [runKernel(kernel, {...inputs, ...Object.fromEntries(names.map((name, i) => [name, args[i]]))}, attrs)].flat();
    // tfjs wants the function to depend on each input, and not every kernel does.
    const total = (...args: tf.Tensor[]) =>
      [...outputs(...args), ...args].map((t) => tf.sum(t)).reduce((sum, term) => tf.add(sum, term));
    tf.grads(total)(names.map((name) => inputs[name]));
  });
}

it('the table has every kernel', () => expect(kernels.size).toBe(21));

it.each([...kernels])(`${CALLS} calls of %s leave no tensor, no buffer and no byte behind`, (_, row) => {
  const inputs = Object.fromEntries(
    Object.entries(row.inputs).map(([name, {shape, values}]) => [name, fresh(shape, values)]),
  );
  run(row, inputs); // makes what is made once
  differentiate(row, inputs);
  const {numTensors, numDataBuffers, numBytes} = tf.memory();
  for (let i = 0; i < CALLS; i++) run(row, inputs);
  for (let i = 0; i < 30; i++) differentiate(row, inputs);
  expect(tf.memory()).toMatchObject({numTensors, numDataBuffers, numBytes});
  tf.dispose(inputs);
});
