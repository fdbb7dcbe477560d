import {isUncertain, offerBackends} from './backends';
import {find} from './find';
import {onSetting, setting, startSettings} from './settings';
import {startSharing} from './sharing';
import type {Tab} from './tab';
import {startTabs} from './tabs';
import type {BackendName} from './worker/messages';

// Each with its plots, when it is first shown.
const LOAD: {[name: string]: () => Promise<Tab>} = {
  curve: () => import('./curve').then(({CurveTab}) => new CurveTab()),
  plane: () => import('./plane').then(({PlaneTab}) => new PlaneTab()),
  images: () => import('./images').then(({ImagesTab}) => new ImagesTab()),
  model: () => import('./model').then(({ModelTab}) => new ModelTab()),
};

const tabs = new Map<string, Promise<Tab>>();
const runButton = find<HTMLButtonElement>('#run');
let running = true;

function tab(name = setting('tab')): Promise<Tab> {
  const loaded = tabs.get(name) ?? LOAD[name]();
  tabs.set(name, loaded);
  return loaded;
}

async function show(name: string): Promise<void> {
  for (const [other, loaded] of tabs) if (other !== name) (await loaded).stop();
  const shown = await tab(name);
  if (setting('tab') !== name || isUncertain()) return;
  shown.start(setting('backend') as BackendName);
  shown.run(running);
}

function setRunning(value: boolean): void {
  running = value;
  runButton.textContent = running ? 'Pause' : 'Train';
  void tab().then((current) => current.run(running));
}

async function step(): Promise<void> {
  if (running) setRunning(false);
  (await tab()).step();
}

startSettings();
startTabs((name) => void show(name));
onSetting((name) => {
  if (name === 'backend') void show(setting('tab'));
  if (name === 'speed') setRunning(running);
});
runButton.addEventListener('click', () => setRunning(!running));
find('#step').addEventListener('click', () => void step());
find('#reset').addEventListener('click', () => {
  void tab().then((current) => current.start(setting('backend') as BackendName));
  setRunning(true);
});
startSharing(() => tab());
// The address is the state of the page, which a jump must not change.
find('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  find('#main').focus();
});
// On a phone the plots come before what is seldom needed.
if (matchMedia('(max-width: 640px)').matches) {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.more')) details.open = false;
}
offerBackends(() => void show(setting('tab')));
// For whoever looks at the loading: when the shell was there.
performance.mark('shell');
