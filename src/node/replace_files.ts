/**
 * Replaces several files together. All contents are first written to temporary files in the same folder and flushed to
 * the disk; then, without a pause in which other JavaScript could run, each takes its name by a rename, which the
 * operating system does wholly or not at all. Until the renames nothing old is touched; if one of them fails, those
 * before it are undone.
 *
 * What is left is the moment between two renames: a process killed right there leaves files of two saves, and the old
 * content of the first beside it, where `keptContents` finds it.
 */

import {randomBytes} from 'node:crypto';
import {copyFileSync, existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

export interface NewFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

interface StagedFile {
  readonly path: string;
  /** Where the new content waits. */
  readonly temporary: string;
  /** Where the old content is kept until all is done. */
  readonly backup: string;
}

// No save takes so long: older temporary files are of a process that was killed.
const ABANDONED_HOURS = 1;

/**
 * Writes the files, all or none, in the order given.
 *
 * @throws If a file cannot be written or put in its place; the old files are there then, and no temporary ones.
 */
export async function replaceFiles(files: readonly NewFile[]): Promise<void> {
  // A process number would not do: it is 1 in every container.
  const save = randomBytes(4).toString('hex');
  const staged = files.map(({path}) => ({
    path,
    temporary: join(dirname(path), `.${basename(path)}.${save}.tmp`),
    backup: join(dirname(path), `.${basename(path)}.${save}.old`),
  }));
  try {
    for (const [i, {content}] of files.entries()) await write(staged[i].temporary, content);
    commit(staged);
    await flushFolder(dirname(files[0].path));
  } catch (error) {
    throw new Error(
      `fileSystem: cannot write to ${dirname(files[0].path)} (${(error as Error).message}). Nothing was saved; files ` +
        'of an earlier save are kept. Check the free space and the permissions, then save again.',
    );
  } finally {
    for (const {temporary} of staged) rmSync(temporary, {force: true});
  }
  for (const {path} of files) removeAbandoned(path);
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Or a power failure could undo the renames. Windows has no such call. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function commit(staged: readonly StagedFile[]): void {
  let replaced = 0;
  try {
    for (const {path, temporary, backup} of staged) {
      if (existsSync(path)) keep(path, backup);
      renameSync(temporary, path);
      replaced++;
    }
  } catch (error) {
    staged.slice(0, replaced).forEach(putBack);
    removeBackups(staged);
    throw error;
  }
  removeBackups(staged);
}

/** A second name for the old content; a copy where the disk has no hard links. */
function keep(path: string, backup: string): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

function putBack({path, backup}: StagedFile): void {
  try {
    if (existsSync(backup)) renameSync(backup, path);
    else rmSync(path);
  } catch (error) {
    throw new Error(`${(error as Error).message}; the old content of ${path} is in ${backup}`);
  }
}

function removeBackups(staged: readonly StagedFile[]): void {
  for (const {backup} of staged) rmSync(backup, {force: true});
}

/** What a file held before a save that was killed while it replaced it. */
export function keptContents(path: string): Buffer[] {
  return leftovers(path, 'old').map((file) => readFileSync(file));
}

/** Files that a killed save has left beside a file. */
function leftovers(path: string, kind: 'old' | 'tmp'): string[] {
  const all = readdirSync(dirname(path)).filter((name) => /^\..+\.[0-9a-f]{8}\.(?:tmp|old)$/.test(name));
  const own = all.filter((name) => name.slice(1, -13) === basename(path) && name.endsWith(kind));
  return own.map((name) => join(dirname(path), name));
}

function removeAbandoned(path: string): void {
  try {
    for (const file of [...leftovers(path, 'old'), ...leftovers(path, 'tmp')]) {
      if (Date.now() - statSync(file).ctimeMs > ABANDONED_HOURS * 3_600_000) rmSync(file);
    }
  } catch {
    // They do no harm, and the save is done.
  }
}
