import {stopGpu} from '../../bench/backends';

/** Runs a command of this folder: an exit of 1 is its verdict, of 2 that it could not come to one. */
export function runCommand(name: string, main: () => Promise<void> | void): void {
  Promise.resolve()
    .then(main)
    .catch((error: Error) => {
      console.error(`${name}: ${error.message}`);
      process.exitCode = 2;
    })
    .finally(stopGpu);
}
