// One line per part on stdout, hints about slow steps on stderr, everything else in a log file.
import fs from 'node:fs';
import path from 'node:path';
import project from './project.cjs';

const LIMIT = 1 << 20; // the log is started anew when it has grown past this
export const LOG_NAME = path.relative(project.root, project.logFile);

const prefix = (part) => `setup: ${part.padEnd(12)}`;

export const report = (part, text) => console.log(`${prefix(part)} ${text}`);
export const hint = (part, text) => process.stderr.write(`${prefix(part)} ${text}\n`);

export function note(text) {
  try {
    fs.mkdirSync(path.dirname(project.logFile), {recursive: true});
    const size = fs.statSync(project.logFile, {throwIfNoEntry: false})?.size ?? 0;
    fs.writeFileSync(project.logFile, `${new Date().toISOString()} ${text}\n`, {flag: size > LIMIT ? 'w' : 'a'});
  } catch {
    // a log that cannot be written must not stop the setup
  }
}
