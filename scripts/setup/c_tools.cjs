// The C compilers and the emulator of the specs of toC. Files only and synchronous: jest.config.js asks at every start.
const fs = require('node:fs');
const path = require('node:path');

/** Programs, and the Debian packages that bring them. */
const PROGRAMS = {
  gcc: ['gcc', 'libc6-dev'],
  clang: ['clang'],
  'the sanitizers of clang': ['libclang-rt-dev'],
  'arm-none-eabi-gcc': ['gcc-arm-none-eabi', 'libnewlib-arm-none-eabi'],
  'qemu-system-arm': ['qemu-system-arm'],
};

const placeOf = (program) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => fs.existsSync(file));

/** Whether a clang of LLVM's usual layout lacks them, as Debian packs them apart. Others bring them. */
function lacksSanitizers() {
  const clang = placeOf('clang');
  const libraries = clang && path.join(fs.realpathSync(clang), '../../lib/clang');
  if (!clang || !fs.existsSync(libraries)) return !clang;
  return !fs.readdirSync(libraries, {recursive: true}).some((file) => file.includes('libclang_rt.asan'));
}

const isMissing = (program) => (program === 'the sanitizers of clang' ? lacksSanitizers() : !placeOf(program));

/** Those that are not there. */
const missingPrograms = () => Object.keys(PROGRAMS).filter(isMissing);

const packagesOf = (programs) => programs.flatMap((program) => PROGRAMS[program]);

module.exports = {missingPrograms, packagesOf};
