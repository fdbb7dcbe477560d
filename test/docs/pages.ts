import {transformSync} from 'esbuild';

/** A fenced block of a page, and the line of text before it. */
interface Block {
  language: string;
  code: string;
  before: string;
}

export function blocksOf(markdown: string): Block[] {
  const blocks = markdown.matchAll(/(?:^|(?:^|\n)([^\n]*)\n+)```(\w+)\n(.*?)```/gs);
  return [...blocks].map(([, before = '', language, code]) => ({language, code, before}));
}

/** A program that a page says to save and to run, and what it prints. */
export interface NamedProgram {
  file: string;
  command: string;
  code: string;
  prints: string;
}

const SAVE_AS = /^Save this as `([^`]+)` and run `([^`]+)`/;

export function namedPrograms(blocks: Block[]): NamedProgram[] {
  return blocks.flatMap(({before, code}, i) => {
    const [, file, command] = SAVE_AS.exec(before) ?? [];
    return file ? [{file, command, code, prints: blocks[i + 1].code}] : [];
  });
}

export const PRELUDE = [
  `import * as tf from '@tensorflow/tfjs';`,
  `import * as pw from 'tfjs-piecewise';`,
  `import {fileSystem} from 'tfjs-piecewise/node';`,
];

/** What a module prints of the claims in its comments: pairs of what is, and of what the comment says. */
const COLLECT = [
  'const claims: [is: unknown, says: unknown][] = [];',
  'const check = (is: unknown, says: unknown) => {',
  '  claims.push([is instanceof tf.Tensor ? is.arraySync() : is, says]);',
  '};',
];

/**
 * The blocks of a page as one module: each stands inside the scope of the one before, so that names carry on, and may be given
 * anew. What comments say of values is collected, and printed as JSON in the last line.
 */
export function chainOf(blocks: Block[]): string {
  const ours = blocks.filter(({language, before}) => /^(ts|js)$/.test(language) && !SAVE_AS.test(before));
  const lines = ours.map(({code}) => code.split('\n'));
  const isImport = (line: string) => line.startsWith('import ');
  const imports = [...new Set([...PRELUDE, ...lines.flat().filter(isImport)])];
  const scopes = lines.flatMap((block) => ['{', ...block.filter((line) => !isImport(line)).map(checked)]);
  const print = "process.stdout.write('\\n' + JSON.stringify(claims));";
  return [...imports, ...COLLECT, ...scopes, ...ours.map(() => '}'), print, ''].join('\n');
}

// A number, a truth or a list that ends the comment, or is explained by an equation.
const CLAIM = /^(?:const \{?(\w+)\}? = )?(.+?);\s+\/\/ (\[.*?\]|-?\d[\d.]*n?|true|false|'.*?')(?= = |$)/;

/** A line, and after it the question whether it gives what its comment says. */
export function checked(line: string): string {
  const match = CLAIM.exec(line);
  if (!match) return line;
  const [, name, expression, claim] = match;
  return `${line}\ncheck(${name ?? /^console\.log\((.*)\)$/.exec(expression)?.[1] ?? expression}, ${claim});`;
}

/** Equal, numbers as far as they are written. */
export function equal(is: unknown, says: unknown): boolean {
  if (Array.isArray(says))
    return Array.isArray(is) && is.length === says.length && says.every((s, i) => equal(is[i], s));
  if (typeof says !== 'number') return is === says;
  const digits = String(says).split('.')[1]?.length ?? 0;
  return typeof is === 'number' && Math.abs(is - says) <= 0.5 * 10 ** -digits;
}

/** The commands of a page, without their comments; a line that ends with \ goes on. */
export function commandsOf(blocks: Block[]): string[] {
  return blocks
    .filter(({language}) => language === 'bash')
    .flatMap(({code}) => code.replaceAll('\\\n', '').trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').replace(/\s+/g, ' '));
}

/** Without types, which programs in JavaScript cannot copy. */
export function isJavaScript(code: string): boolean {
  try {
    transformSync(code, {loader: 'js', format: 'esm'});
    return true;
  } catch {
    return false;
  }
}
