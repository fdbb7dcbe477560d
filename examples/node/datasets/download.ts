import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

// For the answer's headers; a slow body may take its time.
const ANSWER_SECONDS = 30;

let downloads = 0;

/**
 * Downloads a file from the first address that has it. The bytes go to a temporary file beside `path`, are checked, and
 * only then take its name: whatever happens, `path` never holds a wrong or half a file.
 *
 * @param urls Addresses to try, in order.
 * @param path Where to put the file; its folder is created.
 * @param verify Throws if the bytes are wrong.
 * @throws If no address gives a right file; the message has the reason for each.
 */
export async function download(
  urls: readonly string[],
  path: string,
  verify: (bytes: Uint8Array, url: string) => void,
): Promise<void> {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}-${downloads++}.tmp`;
  const reasons: string[] = [];
  for (const url of urls) {
    try {
      const bytes = await get(url);
      writeFileSync(temporary, bytes);
      verify(bytes, url);
      renameSync(temporary, path);
      return;
    } catch (error) {
      reasons.push(`${url}: ${reason(error as Error)}`);
    } finally {
      rmSync(temporary, {force: true});
    }
  }
  throw new Error(reasons.join('; '));
}

async function get(url: string): Promise<Uint8Array> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error(`no answer in ${ANSWER_SECONDS} s`)), ANSWER_SECONDS * 1000);
  try {
    const response = await fetch(url, {signal: abort.signal});
    clearTimeout(timer);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` says only "fetch failed" and hides the reason in the cause. */
function reason({message, cause}: Error): string {
  return cause ? `${message} (${(cause as Error).message})` : message;
}
