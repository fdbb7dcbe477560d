// C compilers for this machine and for microcontrollers, and an emulator of one, for the specs of toC.
import {aptInstall} from './apt.mjs';
import {missingPrograms, packagesOf} from './c_tools.cjs';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';

export const name = 'c';
export const about = 'gcc, clang, gcc for ARM and QEMU, for the specs of models as C';
export const megabytes = 770;
export const needs = [];

/** The compiler for ARM and its libraries, which are most of it; the others lie among the system's. */
export const places = () => ['/usr/lib/gcc/arm-none-eabi', '/usr/lib/arm-none-eabi'];

/** The line for a part that is ready, or null; cheap. */
export const ready = () => (missingPrograms().length > 0 ? null : 'ready (programs of the system)');

/** Brings what is missing and returns the line to print, or throws a Failure. */
export async function bring() {
  const packages = packagesOf(missingPrograms());
  await aptInstall(packages, (text) => log.hint(name, text));
  const missing = missingPrograms();
  if (missing.length > 0) throw new Failure(`${missing.join(' and ')} is installed but not found`);
  return `installed ${packages.join(' and ')}`;
}
