// npm run setup: brings the parts that are named, and goes on without what cannot be had. Ends with 1 if one is missing.
import * as apt from './apt.mjs';
import {Failure} from './failure.mjs';
import {withLock} from './lock.mjs';
import * as log from './log.mjs';
import {help, parseOptions} from './options.mjs';
import {withNeeds} from './parts.mjs';
import {megabytes, sizeOf} from './size.mjs';

function readyLine(part) {
  try {
    return part.ready();
  } catch {
    return null; // bringing it will say why
  }
}

async function bring(part) {
  const start = Date.now();
  const line = await part.bring();
  if (line.startsWith('ready')) return line;
  return `${line} in ${Math.ceil((Date.now() - start) / 1000)} s, ${megabytes(sizeOf(part.places()))} MB`;
}

/** Side by side: downloads of one beside compilations of another. Gives [part, line, whether it is there]. */
function setUp(parts) {
  const results = new Map();
  const one = (part) => {
    if (!results.has(part.name)) results.set(part.name, attempt(part));
    return results.get(part.name);
  };
  const attempt = async (part) => {
    try {
      for (const need of parts.filter(({name}) => part.needs.includes(name))) {
        const [, , there] = await one(need);
        if (!there) throw new Failure(`it needs ${need.name}`);
      }
      return [part, readyLine(part) ?? (await bring(part)), true];
    } catch (error) {
      log.note(`${part.name}: ${error instanceof Failure ? error.message : error.stack}`);
      return [part, `not available: ${error.message} (see ${log.LOG_NAME})`, false];
    }
  };
  return Promise.all(parts.map(one));
}

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return console.log(help((part) => readyLine(part) !== null));
  if (options.apt) apt.allowApt();
  const parts = withNeeds(options.names);
  const waiting = () => log.hint('setup', 'waiting for another setup...');
  const ready = parts.map((part) => [part, readyLine(part), true]);
  // Another setup may have brought some of it while this one waited for the lock.
  const results = ready.some(([, line]) => line === null) ? await withLock(() => setUp(parts), waiting) : ready;
  for (const [part, line] of results) log.report(part.name, line);
  if (results.some(([, , there]) => !there)) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`setup: ${error instanceof Failure ? error.message : error.stack}`);
  process.exitCode = 1;
});
