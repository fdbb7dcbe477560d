import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';

/** File name -> SHA-256 in lower-case hexadecimal. */
export type Checksums = Readonly<Record<string, string>>;

/** Reads a list as `sha256sum` writes it: a line for each file, the checksum, two spaces, the name. */
export function readChecksums(path: string): Checksums {
  const checksums: Record<string, string> = {};
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    if (!match) {
      throw new Error(`readChecksums: ${path} has the line "${line}", expected 64 hexadecimal digits and a file name.`);
    }
    checksums[match[2]] = match[1];
  }
  return checksums;
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Checks the content of a file.
 *
 * @param bytes The content that the checksum is of.
 * @param expected Its SHA-256.
 * @param path Where it came from, for the error message.
 * @param fix What to do about a wrong file.
 * @throws If the checksum differs.
 */
export function verifyChecksum(bytes: Uint8Array, expected: string, path: string, fix: string): void {
  const received = sha256(bytes);
  if (received !== expected) {
    throw new Error(
      `verifyChecksum: ${path} is damaged or another file: its content has SHA-256 ${received}, ` +
        `expected ${expected}. ${fix}`,
    );
  }
}
