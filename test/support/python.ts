import {execFile} from 'node:child_process';
import {join} from 'node:path';

const ROOT = join(__dirname, '../..');

const {findKeras} = require(join(ROOT, 'scripts/setup/python_state.cjs')) as {
  findKeras(): {executable: string};
};

/** The Python that `npm run setup -- python` has made, with Keras, TensorFlow, JAX, onnx and onnxruntime. */
export const pythonPath = (): string => findKeras().executable;

/** Byte code is kept, also where images of containers say that it is not: to compile TensorFlow takes longer than to run it. */
export const pythonEnv = () => ({...process.env, PYTHONDONTWRITEBYTECODE: ''});

/** Runs Python at the root of the project and gives what it printed; rejects with that if it fails. */
export function runPython(args: string[], env: Record<string, string> = {}, folder = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {cwd: join(ROOT, folder), env: {...pythonEnv(), ...env}, maxBuffer: 1 << 26};
    execFile(pythonPath(), args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stdout}\n${stderr}`.trim()));
      else resolve(stdout);
    });
  });
}
