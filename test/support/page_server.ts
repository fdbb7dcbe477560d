import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';

const WASM = path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');

// With these two headers the page is isolated from other origins and gets SharedArrayBuffer: tfjs then takes its
// threaded wasm build.
const ISOLATED = {'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp'};

/** Serves one script in an empty page, and the wasm files of tfjs. WebGPU needs a secure context: this address is one. */
export async function servePage(script: string): Promise<{url: string; close(): Promise<void>}> {
  const server = createServer(({url = '/'}, response) => {
    const [, wasm] = /^\/([\w-]+\.wasm)$/.exec(url) ?? [];
    const [type, body] = wasm
      ? ['application/wasm', readFileSync(path.join(WASM, wasm))]
      : url === '/page.js'
        ? ['text/javascript', script]
        : ['text/html', '<!doctype html><link rel="icon" href="data:,"><script src="/page.js"></script>'];
    response.writeHead(200, {...ISOLATED, 'Content-Type': type}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
