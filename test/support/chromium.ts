import {type Browser, chromium} from 'playwright-core';

declare global {
  /** The browser of the jest project, set in jest.config.js. */
  var __CHROMIUM__: {executablePath: string; icd?: string};
}

// One line-up that runs cpu, wasm, webgl (2) and webgpu in one page without a GPU, also with `dataSync` on webgpu.
// Fewer flags cost one of them: without Vulkan, dataSync on webgpu kills the GPU process.
const GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-angle=vulkan'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** `gpu: false` for pages that compute on the CPU: they are drawn faster without a GPU of software. */
export function launchChromium({gpu = true} = {}): Promise<Browser> {
  const {executablePath, icd} = globalThis.__CHROMIUM__;
  return chromium.launch({
    executablePath,
    chromiumSandbox: false, // the sandbox does not work for root, who runs tests in containers
    env: {...process.env, ...(icd && {VK_ICD_FILENAMES: icd})} as Record<string, string>,
    args: [...(gpu ? GPU : ['--disable-gpu']), ...QUIET],
  });
}
