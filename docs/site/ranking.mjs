// What the search of the site finds first. Typedoc asks for any part of a word, and adds up what each word is worth: "c code" then
// finds pages with many a "c" inside of words. Here whole words count most, and pages that have all words, above all in one heading.

/** As many headings of a page are told apart; troubleshooting has the most, 30. */
const HEADINGS = 40;

/** How much a word is worth in each field of the index: in the names of pages and functions, in headings, in texts. */
export const WEIGHTS = {
  name: 8,
  comment: 1,
  document: 1,
  ...Object.fromEntries(Array.from({length: HEADINGS}, (_, i) => [`heading${i}`, 15])),
};

/** The headings of a text below its title, each a field of its own: a page with many of them is found as well as one with few. */
export function headingFields(text) {
  const headings = text.replace(/^```.*?^```/gms, '').match(/^##+ .+/gm) ?? [];
  if (headings.length > HEADINGS) throw new Error(`docs/site/ranking.mjs knows ${HEADINGS} headings a page. Raise it.`);
  return Object.fromEntries(headings.map((heading, i) => [`heading${i}`, heading.replace(/^#+ /, '')]));
}

/** What lunr is asked: words as they are, at the start of others, and inside of others. One or two letters are in most words. */
function queryOf(text) {
  const words = text.toLowerCase().split(/\s+/);
  return words.map((word) => (word.length < 3 ? `${word}^5` : `${word}^5 ${word}*^1.5 *${word}*`)).join(' ');
}

/** What the score of a result is multiplied by: less where words are missing, more where one heading or name has all of them. */
function factorOf(text, {matchData}) {
  const words = text.toLowerCase().split(/\s+/);
  const found = Object.entries(matchData.metadata);
  const share = (terms) =>
    words.filter((word) => terms.some((term) => (word.length < 3 ? term === word : term.includes(word)))).length /
    words.length;
  const fields = new Set(found.flatMap(([, where]) => Object.keys(where)));
  for (const field of ['comment', 'document']) fields.delete(field);
  const isWhole = [...fields].some(
    (field) => share(found.filter(([, where]) => field in where).map(([term]) => term)) === 1,
  );
  return share(found.map(([term]) => term)) ** 2 * (words.length > 1 && isWhole ? 5 : 1);
}

/** The places in typedoc's script where it asks, and where it weighs a result. */
const ASKS = /=(\w+)\.split\(" "\)\.map\((\w+)=>\2\.length\?`\*\$\{\2\}\*`:""\)\.join\(" "\)/;
const WEIGHS = /(\w+)\.score\*=(\w+)/;

/** Typedoc's script with our search. */
export function withRanking(script) {
  const text = ASKS.exec(script)?.[1];
  if (!text || !WEIGHS.test(script)) throw new Error('docs/site/ranking.mjs does not know the search of this typedoc.');
  const ranked = script.replace(ASKS, '=queryOf($1)').replace(WEIGHS, `$1.score*=$2*factorOf(${text},$1)`);
  return `${queryOf}\n${factorOf}\n${ranked}`;
}
