import {mkdir} from 'node:fs/promises';
import {fail} from '../errors';

/** Makes a folder and those above it, if need be; `option` names it in errors. */
export async function makeFolder(folder: string, who: string, option: string): Promise<void> {
  try {
    await mkdir(folder, {recursive: true});
  } catch (error) {
    const received = `${folder} (${(error as Error).message})`;
    fail(who, `${option} must be a folder that can be made`, received, 'Name another folder.');
  }
}
