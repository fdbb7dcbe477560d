/** The process of one measurement: its argument is the job, the last line that it prints the result. */

import * as tf from '@tensorflow/tfjs';
import {start} from '../backends';
import type {Job} from './results';
import {measureScaling} from './scaling';
import {measureStep} from './step';

async function main(job: Job): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(job.backend);
  const result =
    'widths' in job
      ? await measureScaling(job.backend, job.widths)
      : await measureStep(job.backend, job.layers, job.width);
  console.log(JSON.stringify(result));
}

main(JSON.parse(process.argv[2])).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
