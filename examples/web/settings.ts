/** The state of the page is a form; the address carries what differs from its defaults. */

type Listener = (changed: string) => void;

const form = document.querySelector<HTMLFormElement>('#settings')!;
const listeners: Listener[] = [];
const defaults = values();

export function setting(name: string): string {
  return values().get(name) ?? '';
}

/** Sets a value as if the visitor had. What the control does not take is ignored: addresses come from anybody. */
export function set(name: string, value: string): void {
  if (assign(name, value)) changed(name);
}

export function onSetting(listener: Listener): void {
  listeners.push(listener);
}

/** Reads the address, now and whenever it changes, and writes it after each change. */
export function startSettings(): void {
  readAddress();
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', ({target}) => {
    const {name} = target as HTMLInputElement;
    if (name) changed(name);
  });
  addEventListener('hashchange', () => {
    const before = values();
    readAddress();
    for (const [name, value] of values()) if (before.get(name) !== value) changed(name);
  });
  showOutputs();
}

/** Text of an `<output>` for a slider, by its name. */
export const FORMATS: {[name: string]: (value: string) => string} = {};

export function showOutputs(): void {
  for (const output of form.querySelectorAll('output')) {
    const name = output.htmlFor.toString();
    output.value = FORMATS[name]?.(setting(name)) ?? setting(name);
  }
}

function values(): Map<string, string> {
  return new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

function changed(name: string): void {
  const pairs = [...values()].filter(([key, value]) => defaults.get(key) !== value);
  const hash = new URLSearchParams(pairs).toString();
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  showOutputs();
  for (const listener of listeners) listener(name);
}

/** For a control whose choices come later than the page. */
export function readSetting(name: string): void {
  const value = new URLSearchParams(location.hash.slice(1)).get(name);
  if (value !== null) assign(name, value);
}

function readAddress(): void {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of defaults) assign(name, given.get(name) ?? value);
}

/** False if the control stays as it is. A disabled control has no value in the form, but takes one. */
function assign(name: string, value: string): boolean {
  const control = form.elements.namedItem(name);
  if (control instanceof RadioNodeList) {
    if (![...control].some((radio) => (radio as HTMLInputElement).value === value)) return false;
  } else if (control instanceof HTMLSelectElement) {
    if (![...control.options].some((option) => option.value === value)) return false;
  } else if (control instanceof HTMLInputElement && control.type !== 'range' && control.type !== 'number') {
    if (value.length > 500) return false;
  } else if (!(control instanceof HTMLInputElement) || !fits(control, value)) return false;
  if (control.value === value) return false;
  control.value = value;
  return true;
}

function fits({min, max}: HTMLInputElement, text: string): boolean {
  const value = Number(text);
  return text !== '' && value >= Number(min) && value <= Number(max);
}
