/** One prediction on an emulated Cortex-M4: the emulator counts instructions, and not the cycles that a chip would wait. */

import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {ROOT} from '../machine';
import type {ChipRow} from './results';

const ARM = path.join(ROOT, 'test/interop/support/arm');
const CHIP = ['-mcpu=cortex-m4', '-mthumb', '-mfpu=fpv4-sp-d16', '-mfloat-abi=hard', '-std=c99', '-O2', '-DNDEBUG'];
/** With -icount shift=0 an instruction takes a nanosecond, and the timer of this machine counts 25 million times a second. */
const INSTRUCTIONS_PER_TICK = 40;

const main = (x: Float32Array) => `#include "model.h"
#include <stdint.h>
void put(const void *bytes, int size);
static const float x[] = {${Array.from(x, (value) => `${value.toExponential(8)}f`)}};
static float y[MODEL_OUTPUT_SIZE];
int main(void) {
  volatile uint32_t *const timer = (uint32_t *)0xe000e010;
  timer[1] = 0xffffff;
  timer[2] = 0;
  timer[0] = 5;
  while (timer[2] == 0) ;
  const uint32_t start = timer[2];
  model(x, y);
  const uint32_t ticks = (start - timer[2]) & 0xffffff;
  put(&ticks, 4);
  return 0;
}
`;

export async function onChip(model: tf.LayersModel, x: Float32Array, folder: string): Promise<ChipRow[]> {
  const rows: ChipRow[] = [];
  for (const weights of ['float32', 'uint8'] as const) {
    const {source, header} = await pw.exporters.toC(model, {weights});
    const file = (name: string) => path.join(folder, name);
    for (const [name, text] of Object.entries({'model.c': source, 'model.h': header, 'main.c': main(x)})) {
      writeFileSync(file(name), text);
    }
    const tool = (name: string, ...args: string[]) =>
      execFileSync(`arm-none-eabi-${name}`, args, {encoding: 'utf8', stdio: 'pipe'});
    const gcc = (...args: string[]) => tool('gcc', ...CHIP, ...args);
    gcc('-c', file('model.c'), '-o', file('model.o'));
    const own = [path.join(ARM, 'start.c'), '-nostartfiles', '-specs=nosys.specs', '-T', path.join(ARM, 'memory.ld')];
    gcc(file('main.c'), file('model.o'), ...own, '-Wl,--no-warn-rwx-segments', '-o', file('model.elf'), '-lm');
    const [text, data, bss] = tool('size', file('model.o')).split('\n')[1].trim().split(/\s+/).map(Number);
    const machine = ['-M', 'mps2-an386', '-nographic', '-semihosting-config', 'enable=on,target=native'];
    const ticks = execFileSync('qemu-system-arm', [...machine, '-icount', 'shift=0', '-kernel', file('model.elf')]);
    rows.push({
      weights,
      instructions: INSTRUCTIONS_PER_TICK * ticks.readUInt32LE(0),
      flash: text + data,
      ram: data + bss,
    });
  }
  return rows;
}
