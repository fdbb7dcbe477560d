/** What leaves the page: its address, programs, files. */

import {download} from './download';
import {find} from './find';
import {set, setting} from './settings';
import {notice} from './status';
import type {Tab} from './tab';
import type {Format, NetworkName, SavedFile} from './worker/messages';

export function startSharing(current: () => Promise<Tab>): void {
  const dialog = find<HTMLDialogElement>('#take');
  const which = find<HTMLSelectElement>('#which');
  const network = () => which.value as NetworkName;
  const nothingYet = async () => notice((await current()).nothingYet);

  on('#copy', () => copy(location.href, 'The link to exactly this is in the clipboard.'));
  on('#copy-code', async () => {
    const texts = await (await current()).texts();
    if (!texts) return nothingYet();
    const {code, name} = texts;
    await copy(code, `The program is in the clipboard. Save it as ${name}; its first lines say how to run it.`);
  });
  on('#take-open', async () => {
    if (!(await (await current()).texts())) return nothingYet();
    which.parentElement!.hidden = setting('tab') === 'model';
    find('#inspect').hidden = setting('tab') === 'model';
    dialog.showModal();
  });
  on('#take-close', () => dialog.close());
  dialog.addEventListener('click', ({target}) => {
    if (target === dialog) dialog.close(); // beside it
  });
  for (const button of dialog.querySelectorAll<HTMLButtonElement>('[data-format]')) {
    button.addEventListener('click', async () => {
      (await current()).save(network(), button.dataset.format as Format, 'download', (files) => download(files));
    });
  }
  on('#copy-javascript', async () => {
    (await current()).save(network(), 'javascript', 'copy', ([{bytes}]) => {
      void copy(new TextDecoder().decode(bytes), 'The module is in the clipboard: save it as model.mjs.');
      dialog.close();
    });
  });
  on('#inspect', async () => {
    (await current()).save(network(), 'layers', 'inspect', (files) => {
      dialog.close();
      set('tab', 'model');
      void current().then((tab) => tab.take(files.map(fileOf)));
    });
  });
  on('#download-notebook', async () => {
    const texts = await (await current()).texts();
    if (texts) download([{name: 'playground.ipynb', bytes: new TextEncoder().encode(texts.notebook)}]);
  });
}

const on = (selector: string, act: () => void | Promise<void>) =>
  find(selector).addEventListener('click', () => void act());

const fileOf = ({name, bytes}: SavedFile) => new File([bytes], name);

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice(done);
  } catch {
    notice('The clipboard is not open to this page: copy the address from the address bar, or use “Export”.');
  }
}
