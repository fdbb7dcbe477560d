import {Format, type GenericFormatter, SingleBar} from 'cli-progress';

// A log file needs a sign of life, not an animation.
const LOG_SECONDS = 15;

export interface ProgressDetails {
  /** What is being trained. */
  label?: string;
  /** Anything else that is worth a look, for example `{loss: 0.123}`. */
  [name: string]: string | number | undefined;
}

export interface Progress {
  /** Tells how many epochs of all are done; the details stay until the next call. */
  update(epochsDone: number, details?: ProgressDetails): void;
  /** Ends the line. Call it also when the training fails: in `finally`. */
  stop(): void;
}

/**
 * One progress bar over all epochs of all runs of a script, on standard error. In a terminal the line is redrawn;
 * elsewhere (a log file, a CI job) a new line comes at the start, at the end, and every 15 s.
 *
 * @param totalEpochs Epochs of all runs together.
 * @param stream Where to write.
 * @param unit What is counted, if not epochs.
 * @throws If `totalEpochs` is not a whole number above 0.
 *
 * const progress = createProgress(2 * epochs);
 * const onEpochEnd = (epoch: number) => progress.update(epoch + 1, {label: 'dense'});
 * await model.fit(x, y, {epochs, callbacks: {onEpochEnd}});
 */
export function createProgress(
  totalEpochs: number,
  stream: NodeJS.WriteStream = process.stderr,
  unit = 'epochs',
): Progress {
  if (!(Number.isInteger(totalEpochs) && totalEpochs > 0)) {
    throw new Error(
      `createProgress: totalEpochs must be a whole number above 0, but is ${totalEpochs}. Add up the epochs of ` +
        'all runs.',
    );
  }
  const bar = new SingleBar({
    stream,
    format,
    barsize: 30,
    noTTYOutput: true,
    notTTYSchedule: LOG_SECONDS * 1000,
    // In a log, stopping would add an empty line after the last one.
    clearOnComplete: !stream.isTTY,
    // Cut long lines; the alternative switches off the wrapping of the terminal itself, for good if we are killed.
    linewrap: true,
    // Its handler of Ctrl+C ends the bar and not the program.
    gracefulExit: false,
  });
  bar.start(totalEpochs, 0, {details: {}, unit});
  return {
    update: (epochsDone, details) => bar.update(epochsDone, details && {details, unit}),
    stop: () => bar.stop(),
  };
}

const format: GenericFormatter = (options, {progress, value, total, startTime}, payload) => {
  const {label = '', ...others} = payload.details as ProgressDetails;
  const seconds = (Date.now() - startTime) / 1000;
  const left = Math.round((seconds * (total - value)) / value);
  const time =
    value === 0
      ? ''
      : value < total
        ? `, ${Format.TimeFormat(left, options, 1).trim()} left`
        : `, ${Math.round(seconds)} s`;
  const numbers = Object.entries(others).map(
    ([name, x]) => `${name} ${typeof x === 'number' ? Number(x.toPrecision(4)) : x}`,
  );
  return [`[${Format.BarFormat(progress, options)}] ${value}/${total} ${payload.unit}${time}`, label, ...numbers]
    .filter(Boolean)
    .join(' | ');
};
