import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {type Checksums, verifyChecksum} from './checksum';
import {download} from './download';

/** Places that have the files. */
export interface Origin {
  /** Folder in which a Debian package puts them. */
  readonly packaged: string;
  /** Addresses to which `/<name>.gz` is added. */
  readonly urls: readonly string[];
}

/**
 * Reads `<name>.gz` or `<name>` in `folder` and checks it. The checksum is that of the unpacked content: Debian packs
 * the files anew, so only the content is the same everywhere.
 *
 * @throws If there is no such file, or its content is another.
 */
export function readUnpacked(folder: string, name: string, checksum: string): Uint8Array {
  const path = [join(folder, `${name}.gz`), join(folder, name)].find((candidate) => existsSync(candidate));
  if (path === undefined) {
    const found = existsSync(folder)
      ? `has ${readdirSync(folder).slice(0, 8).join(', ') || 'nothing'}`
      : 'does not exist';
    throw new Error(
      `loadFashionMnist: there is no ${name}.gz or ${name} in ${folder}, which ${found}. ${threeWays(name, folder)}`,
    );
  }
  return unpack(readFileSync(path), path, checksum);
}

/**
 * Downloads the files that `folder` lacks or has damaged.
 *
 * @throws If one cannot be had.
 */
export async function fetchFiles(folder: string, checksums: Checksums, {packaged, urls}: Origin): Promise<void> {
  for (const [name, checksum] of Object.entries(checksums)) {
    if (isGood(folder, name, checksum)) continue;
    console.error(`Downloading ${name}.gz to ${folder}`);
    try {
      await download(
        urls.map((url) => `${url}/${name}.gz`),
        join(folder, `${name}.gz`),
        (bytes, url) => unpack(bytes, url, checksum),
      );
    } catch (error) {
      throw new Error(
        `loadFashionMnist: ${name} is neither in ${packaged} nor in the cache ${folder}, and cannot be downloaded ` +
          `(${(error as Error).message}). ${threeWays(name, folder)}`,
      );
    }
  }
}

function isGood(folder: string, name: string, checksum: string): boolean {
  try {
    readUnpacked(folder, name, checksum);
    return true;
  } catch {
    return false;
  }
}

function unpack(bytes: Uint8Array, path: string, checksum: string): Uint8Array {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let content = bytes;
  try {
    if (packed) content = gunzipSync(bytes);
  } catch (error) {
    throw new Error(
      `loadFashionMnist: ${path} is damaged: it cannot be unpacked (${(error as Error).message}). ${AGAIN}`,
    );
  }
  verifyChecksum(content, checksum, path, AGAIN);
  return content;
}

const AGAIN = "Delete it and get it again, from Debian's package dataset-fashion-mnist or from its publisher.";

function threeWays(name: string, folder: string): string {
  return (
    'There are three ways to get the data: (1) "apt-get install dataset-fashion-mnist" on Debian or Ubuntu; (2) name ' +
    `a folder that has the four files, among them ${name}.gz, with --data <folder>; (3) run once with a network, ` +
    `which fills ${folder}.`
  );
}
