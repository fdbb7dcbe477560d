import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import project from './project.cjs';

const FILE = project.lockFile;
const HALF_AN_HOUR = 1_800_000; // no setup takes that long: a lock this old is left over, its process id reused

/** Creates the lock with the process id in it in one step: a link to a file that is already written. */
function tryToLock() {
  const mine = `${FILE}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, FILE);
    return true;
  } catch (error) {
    return error.code !== 'EEXIST'; // a file system without hard links: go on without a lock
  } finally {
    fs.rmSync(mine, {force: true});
  }
}

function ownerIsAlive() {
  try {
    process.kill(Number(fs.readFileSync(FILE, 'utf8')), 0);
    return Date.now() - fs.statSync(FILE).mtimeMs < HALF_AN_HOUR;
  } catch (error) {
    return error.code === 'EPERM'; // alive, and of another user
  }
}

/**
 * Runs `work` while no other setup of this project does. The lock of a process that is gone is broken; should two
 * setups do that at once, both go on, which costs time but leaves nothing broken: every step ends in a rename.
 */
export async function withLock(work, onWait) {
  fs.mkdirSync(path.dirname(FILE), {recursive: true});
  for (let told = false; !tryToLock(); ) {
    if (!ownerIsAlive()) fs.rmSync(FILE, {force: true});
    else if (!told) onWait();
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(FILE, {force: true});
  }
}
