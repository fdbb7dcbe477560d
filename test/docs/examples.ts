import {commentOf, declarations, type Reflection} from './site';

/** Code of the documentation, and where it stands. */
export interface Example {
  title: string;
  code: string;
}

/** Everything under @example. */
export function examplesOf(api: Reflection): Example[] {
  return [...declarations(api)].flatMap(([title, declaration]) =>
    (commentOf(declaration)?.blockTags ?? [])
      .filter(({tag}) => tag === '@example')
      .flatMap(({content}) => codeIn(content.map(({text}) => text).join(''), title)),
  );
}

/** The blocks of TypeScript in a page of Markdown. */
export function codeIn(markdown: string, title: string): Example[] {
  return [...markdown.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => ({title, code}));
}

const PRELUDE = [
  `import * as tf from '@tensorflow/tfjs';`,
  `import * as pw from 'tfjs-piecewise';`,
  `import {fileSystem} from 'tfjs-piecewise/node';`,
];

// A number, a truth or a list that ends the comment, or is explained by an equation.
const CLAIM = /^(?:const \{?(\w+)\}? = )?(.+?);\s+\/\/ (\[.*?\]|-?\d[\d.]*n?|true|false|'.*?')(?= = |$)/;

/**
 * A module whose `example` runs the code. Names that the code uses and does not declare are its arguments; what a comment
 * says of a value is checked.
 */
export function moduleOf({code}: Example): string {
  const lines = code.split('\n');
  const imports = lines.filter((line) => line.startsWith('import '));
  const body = lines.filter((line) => !line.startsWith('import ')).map(checked);
  return [
    ...new Set([...PRELUDE, ...imports]),
    "type Given = {[name in 'model' | 'committee' | 'first' | 'second' | 'trained']: tf.Sequential};",
    'export async function example({model, committee, first, second, trained}: Given, check: (value: unknown, claim: unknown) => void) {',
    '{',
    ...body,
    '}',
    '}',
  ].join('\n');
}

function checked(line: string): string {
  const match = CLAIM.exec(line);
  if (!match) return line;
  const [, name, expression, claim] = match;
  if (name) return `${line}\ncheck(${name}, ${claim});`;
  return `check(${/^console\.log\((.*)\)$/.exec(expression)?.[1] ?? expression}, ${claim});`;
}
