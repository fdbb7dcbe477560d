/**
 * Compiles src/kernels/simd/assembly and writes the bytes beside it: `npm run build:wasm`. The result is committed, so that
 * only who changes the source needs the compiler. With --check it only compares.
 */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import packages from './setup/packages.cjs';

const FOLDER = fileURLToPath(new URL('../src/kernels/simd', import.meta.url));
const MODULES = ['projection', 'waves', 'optimizers', 'convolution', 'products'];

const OPTIONS = [
  ...['--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '2', '--converge', '--noAssert'],
  // It lives in a foreign memory: its own would start with data and a heap. tfjs declares 65536 pages in all its builds.
  ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--initialMemory', '0', '--maximumMemory', '65536'],
];

const IMPORT = 2;
/** Sections that would write to the memory, or keep a stack in it. */
const FORBIDDEN = {6: 'globals', 8: 'a start function', 11: 'data'};

/** A command of the set `tools`; on Windows npm makes it a script. */
function tool(name) {
  return packages.packagePath('tools', `.bin/${name}`);
}

function compile(name) {
  const folder = mkdtempSync(path.join(tmpdir(), 'build-wasm-'));
  try {
    const file = path.join(folder, 'module.wasm');
    execFileSync(tool('asc'), [path.join(FOLDER, `assembly/${name}.ts`), '--outFile', file, ...OPTIONS], {
      stdio: 'inherit',
    });
    // 3 % fewer bytes in a bundle: alike code comes out alike.
    execFileSync(tool('wasm-opt'), ['--enable-simd', '--enable-bulk-memory', '-Os', '--converge', file, '-o', file]);
    return readFileSync(file);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** An unsigned LEB128 number, and where it ends. */
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = readNumber(bytes, at + 1);
    yield {id, start};
    at = start + size;
  }
}

/** Where the flags of the imported memory are, the only import. */
function memoryFlags(bytes, start) {
  let [count, at] = readNumber(bytes, start);
  for (const _ of ['module', 'name']) {
    const [length, text] = readNumber(bytes, at);
    at = text + length;
  }
  const MEMORY = 2;
  const HAS_MAXIMUM = 1;
  if (count !== 1 || bytes[at] !== MEMORY || bytes[at + 1] !== HAS_MAXIMUM)
    throw new Error('Expected to import a memory.');
  return at + 1;
}

/** The inverse of `bytesOf` in src/kernels/simd/instance.ts, as a literal. */
function toText(bytes) {
  const character = (byte) => ['', '#', '$', '%'][Math.floor(byte / 85)] + String.fromCharCode(40 + (byte % 85));
  return `'${Array.from(bytes, character).join('').replaceAll('\\', '\\\\')}'`;
}

function generate(name, bytes) {
  let flags;
  for (const {id, start} of sections(bytes)) {
    if (id in FORBIDDEN) throw new Error(`The module has ${FORBIDDEN[id]}, which is not safe in a foreign memory.`);
    if (id === IMPORT) flags = memoryFlags(bytes, start);
  }
  return [
    `// Written by \`npm run build:wasm\` from assembly/${name}.ts: do not edit.\n`,
    "import type {ModuleText} from './instance';\n",
    `export const ${name.toUpperCase()}: ModuleText = {`,
    `  memoryFlags: ${flags},`,
    `  text: ${toText(bytes)},`,
    '};\n',
  ].join('\n');
}

packages.requireSet('tools', 'build:wasm');

for (const name of MODULES) {
  const text = generate(name, compile(name));
  const result = path.join(FOLDER, `${name}_bytes.ts`);
  if (!process.argv.includes('--check')) {
    writeFileSync(result, text);
  } else if (readFileSync(result, 'utf8') !== text) {
    console.error(`${result} is not what its source gives: run npm run build:wasm`);
    process.exitCode = 1;
  }
}
