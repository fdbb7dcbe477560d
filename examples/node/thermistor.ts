/** A sensor's curve as a few lines of C for a microcontroller: the temperature from the voltage at a thermistor. */

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {startBackend} from './backend';

const {values} = parseArgs({options: {out: {type: 'string', default: 'examples/arduino/thermistor'}}});

/** What a converter of 10 bits reads between 10 kOhm and a thermistor of 10 kOhm at 25 degrees Celsius, B = 3950. */
function reading(celsius: number): number {
  const resistance = 10_000 * Math.exp(3950 * (1 / (celsius + 273.15) - 1 / 298.15));
  return (1023 * 10_000) / (10_000 + resistance);
}

async function main() {
  await startBackend('cpu');
  const celsius = Array.from({length: 281}, (_, i) => -20 + i / 2);
  const fit = await pw.fitCurve(celsius.map(reading), celsius, {depth: 4});
  console.log(`${fit}`);
  const tried = Array.from({length: 1401}, (_, i) => -20 + i / 10);
  const answers = tf.tidy(() =>
    (fit.model.predict(tf.tensor2d(tried.map(reading), [tried.length, 1])) as tf.Tensor).dataSync(),
  );
  const worst = Math.max(...tried.map((wanted, i) => Math.abs(answers[i] - wanted)));
  console.log(`from -20 to 120 degrees it is wrong by ${worst.toFixed(2)} degrees at most`);
  const {source, header} = await pw.exporters.toC(fit.model, {name: 'celsius'});
  mkdirSync(values.out, {recursive: true});
  writeFileSync(join(values.out, 'celsius.c'), source);
  writeFileSync(join(values.out, 'celsius.h'), header);
  console.log(
    `${values.out}/celsius.c, celsius.h: ${/\d+ \/\* of static/.exec(header)![0].split(' ')[0]} bytes of static memory`,
  );
}

main();
