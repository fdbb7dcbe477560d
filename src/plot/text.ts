/** How wide text is, where nobody can measure it, and what of it fits. */

/** In shares of the letter size, those of the widest of the common sans-serif fonts (DejaVu Sans); others are narrower. */
const WIDTHS: readonly [characters: RegExp, width: number][] = [
  [/[iIjl|'.,:;\u00b7 ]/, 0.345],
  [/[ftr()[\]{}/\\\-!"`]/, 0.47],
  [/[mW%@\u2026]/, 1.01],
  [/[wM+=<>\u00b1\u00d7~#]/, 0.87],
  [/[A-Z&]/, 0.79],
  [/[ -~]/, 0.645],
  [/[\u0080-\u02ff]/, 0.8],
];
const WIDEST = 1.05;
/** Emoji and the like. */
const PICTURE = 1.4;
const BOLD = 1.13;

const widthOfCharacter = (character: string): number =>
  character.length > 1 ? PICTURE : (WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST);

/** In pixels, at most. */
export const widthOf = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0) * size * (bold ? BOLD : 1);

/** Text on one line: without breaks, cut in the middle where it is too wide, because names differ at their ends. */
export function fitted(text: string, width: number, size: number, bold = false): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  if (widthOf(characters.join(''), size, bold) <= width) return characters.join('');
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const end = Math.floor(kept / 2);
    const cut = `${characters.slice(0, kept - end).join('')}\u2026${characters.slice(characters.length - end).join('')}`;
    if (widthOf(cut, size, bold) <= width) return cut;
  }
  return '\u2026';
}

/** Text in lines that fit, broken at spaces; a word that is too wide by itself is cut. */
export function wrapped(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    const longer = `${last} ${word}`;
    if (last !== undefined && widthOf(longer, size, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(fitted(word, width, size, bold));
  }
  return lines;
}
