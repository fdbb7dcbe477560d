// The system's package manager, which is touched only where the user has said so by --apt.
import {Failure} from './failure.mjs';
import {run} from './run.mjs';

let allowed = false;
let updated = false;
/** apt-get can be used by one at a time, and parts of the setup run side by side. */
let last = Promise.resolve();

/** From now on packages of the system may be installed. */
export const allowApt = () => {
  allowed = true;
};

/** What to put before `apt-get` to have the right to install; or the reason why there is no way. */
async function permission() {
  if (!(await run('apt-get', ['--version'])).ok) return {reason: 'apt-get is not on this machine'};
  if (process.getuid() === 0) return {prefix: ['env']};
  if ((await run('sudo', ['-n', 'true'])).ok) return {prefix: ['sudo', '-n', 'env']};
  return {reason: 'only root may install packages here'};
}

/** Installs Debian packages, or throws a Failure that names them. */
export function aptInstall(packages, hint) {
  const mine = last.then(() => install(packages, hint));
  last = mine.catch(() => {});
  return mine;
}

async function install(packages, hint) {
  const list = packages.join(' and ');
  if (!allowed) throw new Failure(`it needs ${list} of the system: install it, or let setup do so by --apt`);
  const {prefix, reason} = await permission();
  if (reason) throw new Failure(`it needs ${list}, and ${reason}`);
  const [command, ...before] = prefix;
  const apt = (...args) =>
    run(command, [...before, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120', ...args]);
  hint(`installing ${list}...`);
  // An update fails as a whole when one of many sources does, so only the result of the install counts.
  if (!updated) await apt('update');
  updated = true;
  const {ok} = await apt('install', '-y', '--no-install-recommends', ...packages);
  if (!ok) throw new Failure(`it needs ${list}, which apt-get could not install`);
}
