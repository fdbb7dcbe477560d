import {onSetting, set, setting, startSettings} from './settings';
import {notice} from './status';
import type {Tab} from './tab';
import {startTabs} from './tabs';
import type {BackendName} from './worker/messages';

// Each with its plots, when it is first shown.
const LOAD: {[name: string]: () => Promise<Tab>} = {
  curve: () => import('./curve').then(({CurveTab}) => new CurveTab()),
  digits: () => import('./digits').then(({DigitsTab}) => new DigitsTab()),
};

const tabs = new Map<string, Promise<Tab>>();
const runButton = document.querySelector<HTMLButtonElement>('#run')!;
let running = true;

function tab(name: string): Promise<Tab> {
  const loaded = tabs.get(name) ?? LOAD[name]();
  tabs.set(name, loaded);
  return loaded;
}

async function show(name: string): Promise<void> {
  for (const [other, loaded] of tabs) if (other !== name) (await loaded).stop();
  const shown = await tab(name);
  if (setting('tab') !== name) return;
  shown.start(setting('backend') as BackendName);
  shown.run(running);
}

function setRunning(value: boolean): void {
  running = value;
  runButton.textContent = running ? 'Pause' : 'Train';
  void tab(setting('tab')).then((current) => current.run(running));
}

startSettings();
// A backend that this browser lacks is not offered.
if (!('gpu' in navigator)) {
  document.querySelector('[name="backend"] [value="webgpu"]')!.remove();
  if (setting('backend') === '') set('backend', 'wasm');
}
startTabs((name) => void show(name));
onSetting((name) => {
  if (name === 'backend') void show(setting('tab'));
});
runButton.addEventListener('click', () => setRunning(!running));
document.querySelector('#reset')!.addEventListener('click', () => {
  void tab(setting('tab')).then((current) => current.start(setting('backend') as BackendName));
  setRunning(true);
});
document.querySelector('#copy')!.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    notice('The link to exactly this is in the clipboard.');
  } catch {
    notice('The clipboard is not open to this page: copy the address from the address bar.');
  }
});
// For whoever looks at the loading: when the shell was there.
performance.mark('shell');
