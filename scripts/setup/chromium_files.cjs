// Finds Chromium and the software Vulkan driver (SwiftShader) that comes with it, by looking at files only.
const fs = require('node:fs');
const path = require('node:path');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ICD = 'vk_swiftshader_icd.json';
const VULKAN = 'libvulkan.so.1';

const foldersIn = (variable, separator = path.delimiter) =>
  (process.env[variable] ?? '').split(separator).filter(Boolean);
const firstExisting = (files) => files.find((file) => fs.existsSync(file)) ?? null;

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** CHROME_PATH, where set, is the only candidate: a wrong one should be noticed. */
function findExecutable() {
  const {CHROME_PATH} = process.env;
  const folders = ['/usr/bin', ...foldersIn('PATH')];
  const candidates = CHROME_PATH
    ? [path.resolve(CHROME_PATH)]
    : NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** SwiftShader's driver file; it lies beside the real executable, and Debian's /usr/bin/chromium is a script. */
function findIcd(executable) {
  const beside = executable ? [path.dirname(fs.realpathSync(executable))] : [];
  return firstExisting([...beside, '/usr/lib/chromium', '/usr/lib64/chromium'].map((folder) => path.join(folder, ICD)));
}

/** The Vulkan loader where a Node process finds it by itself; Chromium brings a copy for its own use only. */
function findVulkanLoader() {
  const system = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
  ];
  return firstExisting([...foldersIn('LD_LIBRARY_PATH', ':'), ...system].map((folder) => path.join(folder, VULKAN)));
}

function findChromium() {
  const executable = findExecutable();
  return {executable, icd: findIcd(executable), vulkanLoader: findVulkanLoader()};
}

module.exports = {findChromium};
