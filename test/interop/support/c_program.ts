import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {exporters} from 'tfjs-piecewise';
import type {ProgramCase} from './program_cases';

/** What every compiler is to be content with. */
const STRICT = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-pedantic'];
const ARM = join(__dirname, 'arm');

/** Networks in one program, which is one file to compile; it writes all outputs, or reads what is no number or too large. */
export class CProgram {
  private constructor(
    private readonly folder: string,
    private readonly cases: readonly ProgramCase[],
  ) {}

  static async write(
    folder: string,
    cases: readonly ProgramCase[],
    weights: 'float32' | 'float16' | 'uint8' = 'float32',
  ): Promise<CProgram> {
    const networks: string[] = [];
    const arrays: string[] = [];
    const space: string[] = [];
    const calls: string[] = [];
    const floods: string[] = [];
    for (const [i, {model, inputs, outputs}] of cases.entries()) {
      const name = `net${i}`;
      const {source, header} = await exporters.toC(model, {name, weights});
      writeFileSync(join(folder, `${name}.c`), source);
      writeFileSync(join(folder, `${name}.h`), header);
      networks.push(`#include "${name}.c"`);
      for (const [k, x] of inputs.entries()) {
        arrays.push(
          `static const float ${name}_x${k}[] = {${Array.from(x, (value) => `${value.toExponential(8)}f`)}};`,
        );
      }
      const samples = inputs[0].length / Number(/_INPUT0?_SIZE (\d+)/.exec(header)![1]);
      for (const [k, y] of outputs.entries()) space.push(`static float ${name}_y${k}[${y.length}];`);
      const sizes = {x: inputs.map((x) => x.length / samples), y: outputs.map((y) => y.length / samples)};
      const ys = sizes.y.map((size, k) => `${name}_y${k} + s * ${size}`);
      const xs = sizes.x.map((size, k) => `${name}_x${k} + s * ${size}`);
      calls.push(`for (int s = 0; s < ${samples}; s++) ${name}(${[...xs, ...ys].join(', ')});`);
      for (const [k, y] of outputs.entries()) calls.push(`put(${name}_y${k}, ${4 * y.length});`);
      const wild = sizes.x.map((size, k) => `wild(${k}, ${size})`);
      floods.push(
        `for (int s = 0; s < 20; s++) ${name}(${[...wild, ...sizes.y.map((_, k) => `${name}_y${k}`)].join(', ')});`,
      );
    }
    writeFileSync(
      join(folder, 'main.c'),
      [...networks, ...arrays, ...space, PUT, 'int main(void) {', ...calls, 'return 0;', '}', ''].join('\n'),
    );
    writeFileSync(
      join(folder, 'wild.c'),
      [...networks, ...space, WILD, 'int main(void) {', ...floods, 'return 0;', '}', ''].join('\n'),
    );
    writeFileSync(join(folder, 'host.c'), HOST);
    return new CProgram(folder, cases);
  }

  /** The outputs of all cases, from this machine. */
  run(compiler: string, ...options: string[]): Float32Array[][] {
    const program = this.compile(compiler, 'main.c', ...options, join(this.folder, 'host.c'), '-lm');
    return this.split(execFileSync(program, {maxBuffer: 2 ** 26}));
  }

  /** Runs all cases on random bits as inputs: NaN, infinities, and sizes without measure. Throws if the program stops early. */
  runWild(compiler: string, ...options: string[]): void {
    execFileSync(this.compile(compiler, 'wild.c', ...options, '-lm'), {stdio: 'pipe'});
  }

  /** The outputs of all cases, from an emulated Cortex-M4. */
  runOnArm(): Float32Array[][] {
    const chip = ['-mcpu=cortex-m4', '-mthumb', '-mfpu=fpv4-sp-d16', '-mfloat-abi=hard', '-Os', '-DNDEBUG'];
    const own = [join(ARM, 'start.c'), '-nostartfiles', '-specs=nosys.specs', '-T', join(ARM, 'memory.ld'), '-lm'];
    const program = this.compile('arm-none-eabi-gcc', 'main.c', ...chip, ...own, '-Wl,--no-warn-rwx-segments');
    const machine = ['-M', 'mps2-an386', '-nographic', '-semihosting-config', 'enable=on,target=native'];
    return this.split(execFileSync('qemu-system-arm', [...machine, '-kernel', program], {maxBuffer: 2 ** 26}));
  }

  private compile(compiler: string, file: string, ...options: string[]): string {
    const program = join(this.folder, 'program');
    execFileSync(compiler, [...STRICT, join(this.folder, file), '-o', program, ...options], {stdio: 'pipe'});
    return program;
  }

  private split(bytes: Buffer): Float32Array[][] {
    const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    let at = 0;
    return this.cases.map(({outputs}) =>
      outputs.map(({length}) => {
        at += length;
        return all.slice(at - length, at);
      }),
    );
  }
}

const PUT = 'void put(const void *bytes, int size);';

const HOST = `#include <stdio.h>
void put(const void *bytes, int size);
void put(const void *bytes, int size) { fwrite(bytes, 1, (size_t)size, stdout); }
`;

const WILD = `static const float *wild(int input, int size) {
  static union { uint32_t bits; float value; } numbers[2][4096];
  static uint32_t state = 1;
  for (int i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    numbers[input][i].bits = state ^ (state << 16);
  }
  return &numbers[input][0].value;
}`;
