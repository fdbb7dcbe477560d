/** @needs c
 *  @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CProgram} from './support/c_program';
import {differing, layerCases, type ProgramCase, randomCases} from './support/program_cases';

const folder = mkdtempSync(join(tmpdir(), 'c-'));
afterAll(() => rmSync(folder, {recursive: true}));

let all: ProgramCase[];
let program: CProgram;

beforeAll(async () => {
  all = [...layerCases(), ...randomCases(100)];
  program = await CProgram.write(folder, all);
}, 120_000);

it('an emulated Cortex-M4 gives the outputs of every layer and of 100 random networks to 1e-5', () => {
  const outputs = program.runOnArm();
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 120_000);

it('so does what clang makes', () => {
  const outputs = program.run('clang', '-O1');
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 240_000);

const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

it('the sanitizers of gcc find nothing', () => {
  const outputs = program.run('gcc', ...SANITIZERS);
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 240_000);

it('those of clang find nothing for random bits: NaN, infinities, and all sizes', () => {
  program.runWild('clang', ...SANITIZERS);
}, 240_000);

it('C++ takes the header', () => {
  execFileSync('clang', [
    '-x',
    'c++',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-pedantic',
    '-fsyntax-only',
    join(folder, 'net0.h'),
  ]);
});

/** What the sketch uses of Arduino's header. */
const ARDUINO = `
  #define A0 14
  int analogRead(int pin);
  unsigned long micros();
  void delay(unsigned long milliseconds);
  struct Serial_ {
    void begin(unsigned long rate);
    template <class T> void print(T value);
    template <class T> void println(T value);
  };
  extern Serial_ Serial;
`;

it('the sketch for Arduino compiles, and its network gives the curve of the sensor', async () => {
  const sketch = join(__dirname, '../../examples/arduino/thermistor');
  writeFileSync(join(folder, 'Arduino.h'), ARDUINO);
  const arduino = ['-x', 'c++', '-std=c++11', '-include', join(folder, 'Arduino.h'), '-I', sketch];
  execFileSync('clang', [...arduino, '-Wall', '-Werror', '-fsyntax-only', join(sketch, 'thermistor.ino')], {
    stdio: 'pipe',
  });
  const main = `#include "celsius.h"
    #include <stdio.h>
    int main(void) {
      float reading, celsius_;
      while (scanf("%f", &reading) == 1) { celsius(&reading, &celsius_); printf("%f\\n", celsius_); }
      return 0;
    }`;
  writeFileSync(join(folder, 'sensor.c'), main);
  const program = join(folder, 'sensor');
  execFileSync('gcc', ['-std=c99', '-I', sketch, join(folder, 'sensor.c'), join(sketch, 'celsius.c'), '-o', program]);
  // Between 10 kOhm and the thermistor, by its definition.
  const wanted = Array.from({length: 141}, (_, i) => i - 20);
  const readings = wanted.map((t) => 1023 / (1 + Math.exp(3950 * (1 / (t + 273.15) - 1 / 298.15))));
  const lines = execFileSync(program, {input: readings.join('\n'), encoding: 'utf8'})
    .trim()
    .split('\n');
  const worst = Math.max(...lines.map((line, i) => Math.abs(Number(line) - wanted[i])));
  expect(lines).toHaveLength(141);
  expect(worst).toBeLessThan(0.5);
});
