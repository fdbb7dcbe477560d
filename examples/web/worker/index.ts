/** Trains and computes, so that the page never waits. */

import 'tfjs-piecewise';
import {startBackend} from './backend';
import {CurveJob} from './curve_job';
import {loadDigits} from './data';
import {DigitsJob} from './digits_job';
import type {Reply, Request} from './messages';
import {openModel} from './open_model';
import {save} from './save';

let job: CurveJob | DigitsJob | null = null;
let running = false;
let looping = false;

// One request after the other: each may wait for a GPU.
let queue: Promise<void> = Promise.resolve();

addEventListener('message', ({data}: MessageEvent<Request>) => enqueue(() => answer(data)));

function enqueue(task: () => Promise<void>): Promise<void> {
  queue = queue.then(task).catch((error: unknown) => {
    running = false;
    reply({type: 'failed', message: error instanceof Error ? error.message : String(error)});
  });
  return queue;
}

function reply(message: Reply): void {
  postMessage(message);
}

async function answer(request: Request): Promise<void> {
  switch (request.type) {
    case 'backend':
      await startBackend(request.name);
      return reply({type: 'ready', backend: request.name});
    case 'curve':
      return begin(() => new CurveJob(request.config));
    case 'digits': {
      const dataset = await loadDigits();
      return begin(() => new DigitsJob(dataset, request.config));
    }
    case 'run':
      running = request.running;
      if (running && !looping) void loop();
      return;
    case 'judge':
      if (job instanceof DigitsJob) reply({type: 'judged', judgement: await job.judge(request.index)});
      return;
    case 'save':
      if (job instanceof CurveJob)
        reply({type: 'saved', files: await save(job.model(request.network), request.format)});
      return;
    case 'open':
      return open(request.files, request.dataAddress);
  }
}

function begin(make: () => CurveJob | DigitsJob): Promise<void> {
  job?.dispose();
  job = null; // also if the next one cannot be made
  job = make();
  return report();
}

async function report(): Promise<void> {
  if (job instanceof CurveJob) reply({type: 'curve', report: await job.report()});
  else if (job) reply({type: 'digits', report: job.report()});
}

/** A step at a time, with room for requests between. */
async function loop(): Promise<void> {
  looping = true;
  while (running && job && !job.done) {
    await enqueue(async () => {
      if (!running || !job) return;
      await job.step();
      await report();
    });
    await new Promise((resolve) => setTimeout(resolve)); // lets messages in
  }
  looping = false;
  running = false;
}

/** A file that is refused is no failure of the page. */
async function open(files: File[], dataAddress: string): Promise<void> {
  try {
    reply({type: 'opened', model: await openModel(files, dataAddress)});
  } catch (error) {
    reply({type: 'refused', message: (error as Error).message});
  }
}
