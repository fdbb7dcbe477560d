import {blocksOf, checked, PRELUDE} from './pages';
import {commentOf, declarations, type Reflection} from './site';

/** Code of the documentation, and where it stands. */
interface Example {
  title: string;
  code: string;
}

/** Everything under @example, but for what needs tfjs-node, which the specs of test/node and test/nodes run. */
export function examplesOf(api: Reflection): Example[] {
  return [...declarations(api)].flatMap(([title, declaration]) =>
    (commentOf(declaration)?.blockTags ?? [])
      .filter(({tag}) => tag === '@example')
      .flatMap(({content}) => blocksOf(content.map(({text}) => text).join('')).map(({code}) => ({title, code})))
      .filter(({code}) => !code.includes('tfjs-node')),
  );
}

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
