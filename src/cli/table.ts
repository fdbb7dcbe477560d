/** Text in columns. */

/** Rows with the first column to the left, the others to the right; the first is cut to fit into `width`. */
export function table(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const others = widths.slice(1).reduce((total, size) => total + size + 2, 0);
  const first = Math.max(12, Math.min(widths[0], width - others));
  return rows.map(([name, ...cells]) => {
    const padded = cells.map((cell, i) => `  ${cell.padStart(widths[i + 1])}`);
    return `${shorten(name, first).padEnd(first)}${padded.join('')}`;
  });
}

/** Cuts a text in its middle: names of layers differ at the end. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}

/** Lines of words, none longer than `width`; all but the first indented. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines;
}
