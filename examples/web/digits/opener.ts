import {find} from '../find';
import {setting} from '../settings';
import type {OpenedModel, Request} from '../worker/messages';
import {judgementView} from './judgement';
import {percent} from './pareto';

/** Takes files by picker or drop. */
export function startOpener(send: (request: Request) => void): void {
  const open = (files: FileList | undefined) => {
    if (!files || files.length === 0) return;
    show([line('Reading …')]);
    send({type: 'open', files: [...files], dataAddress: addressOfData()});
  };
  const input = find<HTMLInputElement>('#files');
  const drop = find('#drop');
  input.addEventListener('change', () => {
    open(input.files ?? undefined);
  });
  // The same files again are a change, too.
  input.addEventListener('click', () => {
    input.value = '';
  });
  for (const name of ['dragover', 'dragleave', 'drop'] as const) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
    });
  }
  drop.addEventListener('drop', ({dataTransfer}) => open(dataTransfer?.files));
}

/** As seen from the page, not from the worker's script. */
function addressOfData(): string {
  const given = setting('data').trim();
  return given === '' ? '' : new URL(given, document.baseURI).href;
}

export function showOpened(model: OpenedModel): void {
  const list = document.createElement('dl');
  const rows = {
    model: model.name,
    parameters: model.parameters.toLocaleString('en'),
    layers: model.layers,
    'accuracy here': percent(model.accuracy),
    ...(model.claimedAccuracy !== null && {'accuracy in the file': percent(model.claimedAccuracy)}),
  };
  for (const [term, value] of Object.entries(rows)) {
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    [dt.textContent, dd.textContent] = [term, value];
    list.append(dt, dd);
  }
  show([list, ...judgementView(model)]);
  find('#opened').dataset.accuracy = String(model.accuracy);
}

export function showRefusal(message: string): void {
  const refusal = line(message);
  refusal.className = 'bad';
  show([refusal]);
}

function line(content: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.textContent = content;
  return paragraph;
}

function show(content: HTMLElement[]): void {
  const place = find('#opened');
  delete place.dataset.accuracy;
  place.replaceChildren(...content);
}
