// Chromium for the tests in a browser, and its SwiftShader: a Vulkan driver without a GPU, also for WebGPU in Node.
import fs from 'node:fs';
import path from 'node:path';
import {aptInstall} from './apt.mjs';
import {findChromium} from './chromium_files.cjs';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';

export const name = 'browser';
export const about = 'Chromium of the system, for the specs in a browser (CHROME_PATH may name another)';
export const megabytes = 350;
export const needs = [];

/** Debian packages of what is missing. */
function missing() {
  const {executable, icd, vulkanLoader} = findChromium();
  return [executable && icd ? [] : 'chromium', vulkanLoader ? [] : 'libvulkan1'].flat();
}

/** The folder of the real executable: Debian's /usr/bin/chromium is a script. */
export function places() {
  const {executable, icd} = findChromium();
  return [icd ?? executable].filter(Boolean).map((file) => path.dirname(fs.realpathSync(file)));
}

/** The line for a part that is ready, or null; cheap. */
export const ready = () => (missing().length > 0 ? null : `ready (${findChromium().executable})`);

/** Brings what is missing and returns the line to print, or throws a Failure. */
export async function bring() {
  const packages = missing();
  await aptInstall(packages, (text) => log.hint(name, text));
  if (missing().length > 0) throw new Failure(`${missing().join(' and ')} is installed but not found`);
  return `installed ${packages.join(' and ')}`;
}
