// The command line of npm run setup.
import {parseArgs} from 'node:util';
import {Failure} from './failure.mjs';
import {PARTS, USUAL} from './parts.mjs';
import {megabytes, sizeOf} from './size.mjs';

/** {names, apt, help}, or a Failure that says what is possible. */
export function parseOptions(args) {
  const {values, positionals} = parse(args);
  const names = PARTS.map(({name}) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown) throw new Failure(`there is no part ${unknown}. Parts: ${names.join(', ')}.`);
  const chosen = values.all ? names : positionals.length > 0 ? positionals : USUAL;
  return {names: chosen, apt: values.apt, help: values.help};
}

function parse(args) {
  const flag = {type: 'boolean', default: false};
  try {
    return parseArgs({args, allowPositionals: true, options: {all: flag, apt: flag, help: {...flag, short: 'h'}}});
  } catch (error) {
    throw new Failure(`${error.message} See npm run setup -- --help.`);
  }
}

/** With the size of what is there, and the usual one of what is not. */
export function help(isReady) {
  const rows = PARTS.map((part) => {
    const there = isReady(part);
    const size = there ? megabytes(sizeOf(part.places())) : part.megabytes;
    const needs = part.needs.length > 0 ? ` (needs ${part.needs.join(', ')})` : '';
    return [part.name, `${size} MB`, there ? 'ready' : '-', `${part.about}${needs}`];
  });
  const width = (i) => Math.max(...rows.map((row) => row[i].length));
  const lines = rows.map(
    ([name, size, state, about]) =>
      `  ${name.padEnd(width(0))}  ${size.padStart(width(1))}  ${state.padEnd(width(2))}  ${about}`,
  );
  return `npm run setup -- [PART...] [--all] [--apt]

Brings what npm ci does not. Nothing of it is needed for npm start and npm test, which use what is there.
Without a name it brings ${USUAL.join(' and ')}, which training uses.

${lines.join('\n')}

  --all   every part
  --apt   packages of the system that a part needs may be installed with apt-get (g++, Chromium, Python's venv)

Sizes are those on disk. Each part is ready at the next call in an instant; npm ci undoes tfjs-node, in half a minute redone.`;
}
