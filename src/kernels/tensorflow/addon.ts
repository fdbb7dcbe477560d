/**
 * Our TensorFlow ops, in a native file that `npm run setup -- own-op` builds. TensorFlow has them once that file is loaded, and they
 * are then run as any other op.
 */

/** What the file says of itself. */
export interface Addon {
  /** How the names of its ops begin. */
  prefix: string;
  /** The instruction set it has chosen on this processor, for example AVX-512. */
  instructions: string;
  threads: number;
}

interface Found {
  addon: Addon | null;
  /** Why there is none, and what to do. */
  advice?: string;
}

/** The ops that this code knows how to call: see opName in addon/register.cc. */
const PREFIX = 'TfjsPiecewise7';
const FILE = 'tfjs_piecewise.node';
const VARIABLE = 'TFJS_PIECEWISE_ADDON';

let found: Found | undefined;

/**
 * The file, loaded at the first call, or why it is not there. To be called after TensorFlow itself has been loaded, whose
 * library it needs.
 */
export function findAddon({isUsingGpuDevice}: {isUsingGpuDevice: boolean}): Found {
  if (isUsingGpuDevice) return {addon: null, advice: 'TensorFlow runs on a GPU here, our own ops only on the CPU.'};
  found ??= load();
  return found;
}

function load(): Found {
  const setting = process.env[VARIABLE];
  if (setting === 'off') return {addon: null, advice: `Switched off by ${VARIABLE}=off.`};
  // Not imported: what is made for browsers, too, must not name a module of Node.
  const modules = process.getBuiltinModule?.('module');
  const fs = process.getBuiltinModule?.('fs');
  if (!modules || !fs) return {addon: null, advice: 'Our own ops need Node 20.16 or later.'};
  const root = packageRoot(modules.createRequire);
  const places = [`${root}/build/Release/${FILE}`, `${root}/prebuilds/${process.platform}-${process.arch}/${FILE}`];
  const candidates = setting ? [setting] : root ? places : [];
  const file = candidates.find((candidate) => fs.existsSync(candidate));
  if (!file) {
    const missing = candidates[0] ? `there is no ${candidates[0]}` : `set ${VARIABLE} to its path`;
    const advice = `Our own ops are several times faster: ${missing}; docs/guides/backends.md of tfjs-piecewise has the command that builds it.`;
    return {addon: null, advice};
  }
  try {
    const addon = modules.createRequire(file)(file) as Addon;
    if (addon.prefix !== PREFIX) throw new Error(`its ops are ${addon.prefix}..., expected ${PREFIX}...`);
    return {addon};
  } catch (error) {
    const advice = `${file} cannot be used: ${(error as Error).message}. Build it again.`;
    process.emitWarning(`tfjs-piecewise: ${advice} Until then slower ops of TensorFlow serve.`);
    return {addon: null, advice};
  }
}

/** The folder of this package: looked up by its name, as seen from this file or, where a file has no name, the program. */
function packageRoot(createRequire: (from: string) => {resolve(name: string): string}): string | null {
  const own = typeof __filename === 'string' ? __filename : undefined;
  for (const from of [own, process.argv[1], `${process.cwd()}/program.js`]) {
    if (!from) continue;
    try {
      return createRequire(from)
        .resolve('tfjs-piecewise/package.json')
        .replace(/.package\.json$/, '');
    } catch {
      // not to be seen from there
    }
  }
  return null;
}
