// Tables of R's package mlbench as CSV, for npm run reproduce -- evidence: Debian's package is fetched, and not installed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import {installPackages} from './pip.mjs';
import project from './project.cjs';
import {run} from './run.mjs';
import {needTools} from './tools.mjs';

export const name = 'tables';
export const about = 'six tables of R, for npm run reproduce -- evidence';
export const megabytes = 7;
export const needs = [];

const PACKAGE = 'r-cran-mlbench';
const TABLES = ['LetterRecognition', 'Satellite', 'Shuttle', 'Vowel', 'DNA', 'BostonHousing'];
const OWN = path.join(project.root, 'scripts/setup/tables');
const FOLDER = path.join(project.cacheFolder, 'tables');

export const places = () => [FOLDER];

/** The line for a part that is ready, or null; cheap. */
export const ready = () =>
  TABLES.every((table) => fs.existsSync(path.join(FOLDER, `${table}.csv`))) ? 'ready (.cache/tables)' : null;

/** Fetches and converts, and returns the line to print, or throws a Failure. What reads R's format is thrown away after it. */
export async function bring() {
  const hint = (text) => log.hint(name, text);
  await needTools(['python3-venv'], hint);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tables-'));
  try {
    hint(`fetching ${PACKAGE}...`);
    await must(
      'apt-get',
      ['download', PACKAGE],
      scratch,
      'it needs Debian or Ubuntu, and a package list (apt-get update)',
    );
    const [file] = fs.readdirSync(scratch);
    await must('dpkg-deb', ['-x', file, 'package'], scratch, `${file} is damaged`);
    const environment = path.join(scratch, 'python');
    const python = path.join(environment, 'bin/python');
    await must('python3', ['-m', 'venv', environment], scratch, 'it needs Python 3 with venv');
    hint('installing pyreadr for a moment...');
    if (!(await installPackages(environment, python, path.join(OWN, 'requirements.txt'))))
      throw new Failure('neither uv nor pip could install pyreadr');
    const tables = path.join(scratch, 'package/usr/lib/R/site-library/mlbench/data');
    const out = path.join(scratch, 'csv');
    fs.mkdirSync(out);
    const args = [path.join(OWN, 'convert.py'), tables, out, ...TABLES];
    await must(python, args, scratch, `${file} lacks a table, or has another format`);
    fs.mkdirSync(FOLDER, {recursive: true});
    for (const table of TABLES) fs.copyFileSync(path.join(out, `${table}.csv`), path.join(FOLDER, `${table}.csv`));
    return `converted ${TABLES.length} tables of ${file}`;
  } finally {
    fs.rmSync(scratch, {recursive: true, force: true});
  }
}

async function must(command, args, cwd, why) {
  const {ok} = await run(command, args, {cwd});
  if (!ok) throw new Failure(`${command} ${args[0]} failed: ${why}`);
}
