import {aptInstall} from './apt.mjs';
import {run} from './run.mjs';

// Debian package of a tool, and a call that succeeds where the tool is there.
const TOOLS = {
  'g++': ['g++', '--version'],
  'python3-pip': ['python3', '-m', 'pip', '--version'],
  'python3-venv': ['python3', '-c', 'import ensurepip, venv'],
};

/** Installs what is missing of these tools, all in one go. */
export async function needTools(packages, hint) {
  const missing = [];
  for (const name of packages) {
    const [command, ...args] = TOOLS[name];
    if (!(await run(command, args)).ok) missing.push(name);
  }
  if (missing.length > 0) await aptInstall(missing, hint);
}
