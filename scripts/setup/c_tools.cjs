// The C compilers and the emulator of the specs of toC. Files only and synchronous: jest.config.js asks at every start.
const fs = require('node:fs');
const path = require('node:path');

/** Programs, and the Debian packages that bring them. */
const PROGRAMS = {
  gcc: ['gcc', 'libc6-dev'],
  clang: ['clang'],
  'arm-none-eabi-gcc': ['gcc-arm-none-eabi', 'libnewlib-arm-none-eabi'],
  'qemu-system-arm': ['qemu-system-arm'],
};

const isOnPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, program)));

/** Those that are not there. */
const missingPrograms = () => Object.keys(PROGRAMS).filter((program) => !isOnPath(program));

const packagesOf = (programs) => programs.flatMap((program) => PROGRAMS[program]);

module.exports = {missingPrograms, packagesOf};
