import {createReadStream} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {pipeline, Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {createGunzip} from 'node:zlib';
import {fail} from '../../errors';

/** A file of text that can be read several times. */
export interface TextFile {
  readonly path: string;
  /** Its bytes from the start, unpacked. */
  open(): Readable;
}

const GZIP = [0x1f, 0x8b];
/** So many bytes tell whether a file is text. */
const SAMPLE = 4096;
/** A megabyte at a time: small pieces cost the parser as much as the text in them. */
const highWaterMark = 2 ** 20;

/**
 * A file of UTF-8, packed by gzip or not.
 *
 * @throws If it cannot be read, is empty, or is no text.
 */
export async function textFile(path: string, who: string): Promise<TextFile> {
  const name = tableName(path);
  const start = path === STDIN ? await stdinBytes() : await firstBytes(path, who);
  if (start.length === 0) fail(who, `${name} must have a header and rows`, 'an empty file', 'Name another file.');
  const isPacked = GZIP.every((byte, i) => start[i] === byte);
  if (!isPacked) requireText(start.subarray(0, SAMPLE), name, who);
  const source = await sourceOf(path);
  // A pipe alone would lose the errors of the file.
  return {path: name, open: isPacked ? () => pipeline(source(), createGunzip(), () => {}) : source};
}

/** The path that stands for the standard input. */
const STDIN = '-';

/** A path for a reader. */
export const tableName = (path: string): string => (path === STDIN ? 'the standard input' : path);

/** Reads a file from its start, or the standard input, which stays in memory. */
export async function sourceOf(path: string): Promise<() => Readable> {
  if (path !== STDIN) return () => createReadStream(path, {highWaterMark});
  const bytes = await stdinBytes();
  return () => Readable.from([bytes]);
}

/** By the stream, which gives its bytes once. */
const received = new WeakMap<object, Promise<Buffer>>();

function stdinBytes(): Promise<Buffer> {
  const {stdin} = process;
  const bytes = received.get(stdin) ?? buffer(stdin);
  received.set(stdin, bytes);
  return bytes;
}

async function firstBytes(path: string, who: string): Promise<Buffer> {
  try {
    if ((await stat(path)).isDirectory()) throw new Error('it is a folder');
    const file = await open(path);
    try {
      const {buffer, bytesRead} = await file.read({buffer: Buffer.alloc(SAMPLE)});
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    return fail(who, 'the table must be a file that can be read', `${path} (${reason})`, 'Check the path.');
  }
}

function requireText(start: Buffer, path: string, who: string): void {
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (utf16) fail(who, `${path} must be text in UTF-8`, 'UTF-16', 'Save it again as "CSV UTF-8".');
  if (start.includes(0)) {
    fail(who, `${path} must be a table as text`, 'a binary file', 'Save the sheet as CSV, one row a line.');
  }
}
