const line = document.querySelector<HTMLElement>('#status')!;

/** Says what happens. Screen readers say it, too: so not at every epoch. */
export function status(text: string, bad = false): void {
  if (line.textContent === text) return;
  line.textContent = text;
  line.classList.toggle('bad', bad);
}
