const line = document.querySelector<HTMLElement>('#status')!;
const NOTICE_MS = 4000;

let noticeEnds = 0;

/** Says what happens. Screen readers say it, too: so not at every epoch. */
export function status(message: string, bad = false): void {
  if (bad || performance.now() >= noticeEnds) show(message, bad);
}

/** The answer to a click: it stays for a while, though the training goes on reporting. */
export function notice(message: string): void {
  noticeEnds = performance.now() + NOTICE_MS;
  show(message, false);
}

function show(message: string, bad: boolean): void {
  if (line.textContent === message) return;
  line.textContent = message;
  line.classList.toggle('bad', bad);
}
