/** Trains and computes, so that the page never waits. */

import 'tfjs-piecewise';
import type * as tf from '@tensorflow/tfjs';
import {startBackend} from './backend';
import {CurveJob} from './curve_job';
import {loadDigits} from './data';
import {DigitsJob} from './digits_job';
import {inspect} from './inspect';
import type {Job} from './job';
import type {NetworkName, Reply, Request, Speed} from './messages';
import {openModel} from './open_model';
import {PlaneJob} from './plane_job';
import {save} from './save';

/** Milliseconds of training between two pictures, and of rest after each. */
const PACE: Record<Speed, {train: number; rest: number}> = {
  slow: {train: 0, rest: 150},
  normal: {train: 60, rest: 0},
  fast: {train: 500, rest: 0},
};

let job: Job | null = null;
/** What was opened last. */
let opened: tf.LayersModel | null = null;
let running = false;
let looping = false;
let pace = PACE.normal;

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
    case 'plane':
      return begin(() => new PlaneJob(request.config));
    case 'digits': {
      const dataset = await loadDigits();
      return begin(() => new DigitsJob(dataset, request.config, request.chosen));
    }
    case 'run':
      running = request.running;
      pace = PACE[request.speed];
      if (running && !looping) void loop();
      return;
    case 'step':
      return step(0);
    case 'judge':
      if (job instanceof DigitsJob) reply({type: 'judged', judgement: await job.judge(request.index)});
      return;
    case 'save': {
      const {format, purpose} = request;
      const model = modelFor(request.network);
      if (model) reply({type: 'saved', files: await save(model, format), purpose});
      return;
    }
    case 'open':
      return open(request.files, request.dataAddress);
  }
}

const modelFor = (name: NetworkName) => job?.model(name) ?? opened;

async function begin(make: () => Job): Promise<void> {
  job?.dispose();
  job = null; // also if the next one cannot be made
  job = make();
  reply(await job.report());
}

async function step(milliseconds: number): Promise<void> {
  if (!job || job.done) return;
  await job.step(milliseconds);
  reply(await job.report());
}

/** A step at a time, with room for requests between. */
async function loop(): Promise<void> {
  looping = true;
  while (running && job && !job.done) {
    await enqueue(async () => {
      if (running) await step(pace.train);
    });
    await new Promise((resolve) => setTimeout(resolve, pace.rest)); // lets messages in
  }
  looping = false;
  running = false;
}

/** A file that is refused is no failure of the page. */
async function open(files: File[], dataAddress: string): Promise<void> {
  try {
    const {model, about, dataset} = await openModel(files, dataAddress);
    opened?.dispose();
    opened = model;
    reply({type: 'opened', model: about});
    for await (const finding of inspect(model, dataset)) reply({type: 'found', finding});
  } catch (error) {
    reply({type: 'refused', message: (error as Error).message});
  }
}
