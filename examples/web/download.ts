import type {SavedFile} from './worker/messages';

export function download(files: readonly SavedFile[]): void {
  for (const {name, bytes} of files) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
