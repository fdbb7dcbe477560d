import {BACKENDS, type BackendName, whyMissing} from '../../bench/backends';
import {oneOf} from '../../examples/choices';

/** Those that were asked for, or all that this machine has; the others are named. */
export function chosenBackends(
  asked: string | string[] | undefined,
  all: readonly BackendName[] = BACKENDS,
): BackendName[] {
  if (asked !== undefined) return [asked].flat().map((name) => oneOf('backend', name, all));
  return all.filter((name) => {
    const reason = whyMissing(name);
    if (reason) console.error(`${name}: NOT tried, ${reason}.`);
    return !reason;
  });
}
