import {find} from '../find';

/** Takes files by picker or drop, anywhere on the tab. */
export function startOpener(open: (files: File[]) => void): void {
  const take = (files: FileList | undefined) => {
    if (files && files.length > 0) open([...files]);
  };
  const input = find<HTMLInputElement>('#files');
  const drop = find('#drop');
  const panel = find('#panel-model');
  input.addEventListener('change', () => take(input.files ?? undefined));
  // The same files again are a change, too.
  input.addEventListener('click', () => {
    input.value = '';
  });
  for (const name of ['dragover', 'dragleave', 'drop'] as const) {
    panel.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
    });
  }
  panel.addEventListener('drop', ({dataTransfer}) => take(dataTransfer?.files));
}
