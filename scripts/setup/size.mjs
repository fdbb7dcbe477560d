import fs from 'node:fs';
import path from 'node:path';

/** Bytes on disk of files and folders, each file once; links are not followed. */
export function sizeOf(places) {
  let blocks = 0;
  const seen = new Set();
  const visit = (file) => {
    const stat = fs.lstatSync(file, {throwIfNoEntry: false});
    if (!stat || seen.has(stat.ino)) return;
    seen.add(stat.ino);
    blocks += stat.blocks ?? Math.ceil(stat.size / 512);
    if (stat.isDirectory()) for (const name of fs.readdirSync(file)) visit(path.join(file, name));
  };
  places.forEach(visit);
  return 512 * blocks;
}

export const megabytes = (bytes) => Math.ceil(bytes / 2 ** 20);
