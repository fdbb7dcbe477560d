import {find} from './find';
import {set, setting} from './settings';
import {status} from './status';

/**
 * Offers webgpu where an adapter answers, and nowhere else: many browsers have the interface alone. It asks when somebody turns to
 * the backends, or the address names webgpu; `onAnswer` hears of the latter.
 */
export function offerBackends(onAnswer: () => void): void {
  const select = find<HTMLSelectElement>('[name="backend"]');
  if (isUncertain()) void offer().then(onAnswer);
  else for (const event of ['focus', 'pointerenter']) select.addEventListener(event, () => void offer(), {once: true});
}

/** Whether the address asks for a backend that is not known to be there yet. */
export const isUncertain = () => setting('backend') === '';

let isAsked = false;

async function offer(): Promise<void> {
  if (isAsked) return;
  isAsked = true;
  const option = find<HTMLOptionElement>('[name="backend"] [value="webgpu"]');
  if (await hasAdapter()) {
    option.disabled = option.hidden = false;
    return;
  }
  const isWanted = option.selected;
  option.remove();
  if (!isWanted) return;
  set('backend', 'wasm');
  status('No WebGPU adapter answers here: it is wasm instead.');
}

async function hasAdapter(): Promise<boolean> {
  const {gpu} = navigator as {gpu?: {requestAdapter(): Promise<unknown>}};
  try {
    return Boolean(await gpu?.requestAdapter());
  } catch {
    return false;
  }
}
