/** A number as short as it can be and still be the same in float32. */
export function shortest(value: number): string {
  const exact = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(exact.toPrecision(digits)));
    if (Math.fround(Number(text)) === exact) return text;
  }
  return String(Number(exact.toPrecision(9)));
}

/** What no text of ours should hold as it is: controls, what turns the direction of writing, ends of lines, and `<` of HTML. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<]/gu;

/** A text between double quotes, for JavaScript: nothing in it can end it, or the script of a page. */
export function quoted(text: string): string {
  const escaped = (character: string) =>
    Array.from({length: character.length}, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
    }).join('');
  return JSON.stringify(text).replace(HIDDEN, escaped);
}
