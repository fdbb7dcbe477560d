// TensorFlow's C library from its Python wheel, whose Linux builds carry the whole C API with headers. pip fetches it,
// so whatever mirror the user has set up for pip is used.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import project from './project.cjs';
import {run} from './run.mjs';

// It passes all of tfjs-core's own op tests; 2.18 and later round int32 tensors to 0.
export const WHEEL_VERSION = '2.12.1';
const TARGET = '--python-version 311 --implementation cp --abi cp311 --platform manylinux_2_17_x86_64'.split(' ');
const FOLDER = path.join(project.cacheFolder, `tf-${WHEEL_VERSION}`);
const HOUR = 3_600_000;

// The two libraries and the headers of the C API: 0.6 of 0.9 GB.
const UNPACK = `
import glob, sys, zipfile
needed = ('tensorflow/libtensorflow', 'tensorflow/include/tensorflow/c/',
          'tensorflow/include/tensorflow/core/platform/', 'tensorflow/include/tensorflow/tsl/')
with zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(needed)])
`;

/** The wheel is for Linux on 64-bit Intel with glibc. */
export const wheelFits = () =>
  process.platform === 'linux' && process.arch === 'x64' && fs.existsSync('/lib64/ld-linux-x86-64.so.2');

/** Folder with the libraries and `include`, or null where it is not in the cache. */
export function cachedWheel() {
  const folder = path.join(FOLDER, 'tensorflow');
  return fs.existsSync(path.join(folder, 'libtensorflow_cc.so.2')) ? folder : null;
}

/** Deletes what an interrupted run left; what is young may belong to a run of another checkout. */
function sweep() {
  for (const name of fs.readdirSync(project.cacheFolder).filter((name) => name.startsWith('unpack-'))) {
    const folder = path.join(project.cacheFolder, name);
    if (Date.now() - fs.statSync(folder).mtimeMs > HOUR) fs.rmSync(folder, {recursive: true, force: true});
  }
}

async function fetchInto(folder) {
  const download = ['download', '--no-deps', '--only-binary=:all:', '--retries', '2', ...TARGET, '-d', folder];
  const {ok} = await run('python3', ['-m', 'pip', ...download, `tensorflow-cpu==${WHEEL_VERSION}`]);
  if (!ok) throw new Failure(`pip could not download tensorflow-cpu ${WHEEL_VERSION}`);
  const unpacked = path.join(folder, 'unpacked');
  if (!(await run('python3', ['-c', UNPACK, folder, unpacked])).ok) throw new Failure('the wheel did not unpack');
  return unpacked;
}

function moveIntoCache(unpacked) {
  if (cachedWheel()) return; // another checkout that shares the cache was faster, and may use it by now
  fs.rmSync(FOLDER, {recursive: true, force: true});
  fs.renameSync(unpacked, FOLDER);
}

/** Downloads the wheel with pip into the cache and returns the folder with the libraries. */
export async function downloadWheel(hint) {
  hint(`downloading TensorFlow ${WHEEL_VERSION} (232 MB)...`);
  fs.mkdirSync(project.cacheFolder, {recursive: true});
  sweep();
  const temporary = fs.mkdtempSync(path.join(project.cacheFolder, 'unpack-'));
  try {
    moveIntoCache(await fetchInto(temporary));
  } finally {
    fs.rmSync(temporary, {recursive: true, force: true});
  }
  return cachedWheel();
}
