/** A row of a table that compares two networks. */
export interface Line<T> {
  label: string;
  text(fit: T): string;
  /** Which of the two is better, where that can be said: the one with less or with more of it. */
  better?: {of(fit: T): number; sign: 1 | -1};
}

export function showNumbers<T>(body: HTMLElement, lines: readonly Line<T>[], dense: T, ours: T): void {
  body.replaceChildren(
    ...lines.map(({label, text, better}) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = label;
      const lead = better ? better.sign * (better.of(ours) - better.of(dense)) : 0;
      const cells = [dense, ours].map((fit, i) => {
        const cell = document.createElement('td');
        cell.textContent = text(fit);
        cell.classList.toggle('best', i === 0 ? lead < 0 : lead > 0);
        return cell;
      });
      row.append(head, ...cells);
      return row;
    }),
  );
}
