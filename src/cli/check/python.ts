import {fail} from '../../errors';
import {bytesOf, floatsOf, runProgram} from './run_program';

type Kind = 'litert' | 'onnx' | 'keras';

interface Package {
  module: string;
  /** Its name. */
  install: string;
  /** What pip takes for it, if not its name; and what that needs. */
  from?: string;
  hint?: string;
}

/** The packages that run a format, the first that is there. */
const PACKAGES: {readonly [kind in Kind]: readonly Package[]} = {
  litert: [
    {module: 'ai_edge_litert', install: 'ai-edge-litert'},
    {module: 'tensorflow', install: 'tensorflow'},
  ],
  onnx: [{module: 'onnxruntime', install: 'onnxruntime'}],
  keras: [
    {
      module: 'tfjs_piecewise_keras',
      install: 'tfjs-piecewise-keras',
      from: './python tensorflow',
      hint: ' in a checkout of tfjs-piecewise',
    },
  ],
};

const IS_THERE = `import importlib.util, sys
from importlib import metadata
from importlib.util import find_spec
module, name = sys.argv[1:]
if find_spec(module) is None or find_spec("numpy") is None:
    sys.exit(1)
try:
    version = metadata.version(name)
except metadata.PackageNotFoundError:
    version = ""
print(name, version, "of Python", sys.version.split()[0])`;

/** Samples come in as bytes of float32, and so do outputs go out. */
const PROGRAM = `import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
output = os.fdopen(os.dup(1), "wb")  # packages print
os.dup2(2, 1)
import numpy as np

kind, path, *shape = sys.argv[1:]
x = np.frombuffer(sys.stdin.buffer.read(), np.float32).reshape(-1, *map(int, shape))

if kind == "litert":
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError:
        import tensorflow
        Interpreter = tensorflow.lite.Interpreter
    interpreter = Interpreter(path, num_threads=1)
    index = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(index, x.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(index, x)
    interpreter.invoke()
    y = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
elif kind == "onnx":
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    (y,) = session.run(None, {session.get_inputs()[0].name: x})
else:
    from tfjs_piecewise_keras import load_model
    y = load_model(path).predict(x, verbose=0)
output.write(np.ascontiguousarray(y, np.float32).tobytes())
output.flush()`;

/** A Python with a package for a format: the one that the variable PYTHON names, or the usual one. */
export async function findPython(kind: Kind): Promise<{python: string; name: string}> {
  const {PYTHON} = process.env;
  for (const python of PYTHON ? [PYTHON] : ['python3', 'python']) {
    for (const {module, install} of PACKAGES[kind]) {
      const output = await runProgram(python, ['-c', IS_THERE, module, install]).catch(() => null);
      if (output) return {python, name: output.toString('utf8').trim().replace('  ', ' ')};
    }
  }
  const [{install, from = install, hint = ''}] = PACKAGES[kind];
  const fix = `Run \`pip install ${from}\`${hint}, name a Python that has it in the variable PYTHON, or leave out --check.`;
  const received = `none in ${PYTHON ?? 'python3'}`;
  return fail('export', `--check of ${kind} needs the Python package ${install}`, received, fix);
}

export async function runPython(
  python: string,
  kind: Kind,
  path: string,
  x: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  return floatsOf(await runProgram(python, ['-c', PROGRAM, kind, path, ...shape.map(String)], bytesOf(x)));
}
