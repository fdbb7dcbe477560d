import {Format, type GenericFormatter, SingleBar} from 'cli-progress';

/** A log file needs a sign of life, not an animation. */
const LOG_SECONDS = 15;

export interface Progress {
  /** What is done now. */
  label(text: string): void;
  step(): void;
  /** Ends the line. Call it also when the training fails: in `finally`. */
  stop(): void;
}

/** A bar over all steps on a stream, redrawn in a terminal; elsewhere a line at the start, at the end and every 15 s. */
export function createProgress(steps: number, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format,
    barsize: 24,
    noTTYOutput: true,
    notTTYSchedule: LOG_SECONDS * 1000,
    // In a log, stopping would add an empty line after the last one.
    clearOnComplete: !stream.isTTY,
    // Cut long lines; the alternative switches off the wrapping of the terminal itself, for good if we are killed.
    linewrap: true,
    // Its handler of Ctrl+C ends the bar and not the program.
    gracefulExit: false,
  });
  bar.start(steps, 0, {text: ''});
  return {label: (text) => bar.update({text}), step: () => bar.increment(), stop: () => bar.stop()};
}

const format: GenericFormatter = (options, {progress, value, total, startTime}, {text}) => {
  const seconds = (Date.now() - startTime) / 1000;
  const left = Math.round((seconds * (total - value)) / value);
  const time =
    value === 0
      ? ''
      : value < total
        ? `${Format.TimeFormat(left, options, 1).trim()} left`
        : `${Math.round(seconds)} s`;
  const share = `${Math.floor(100 * progress)} %`;
  return [`[${Format.BarFormat(progress, options)}] ${share}`, time, text].filter(Boolean).join(', ');
};
