const {appendFileSync, readFileSync} = require('node:fs');
const {TestEnvironment} = require('jest-environment-node');
require('./code_cache.cjs');

/** Node as it is; with TEST_COSTS, the name of a file, each spec leaves there the CPU seconds that it took. */
module.exports = class NodeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.spec = {project: config.projectConfig.displayName?.name, path: context.testPath};
    this.start = cpuSeconds();
  }

  async teardown() {
    await super.teardown();
    const file = process.env.TEST_COSTS;
    if (file) appendFileSync(file, `${JSON.stringify({...this.spec, seconds: cpuSeconds() - this.start})}\n`);
  }
};

/** CPU seconds of this process and of its children that have ended. */
function cpuSeconds() {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e6 + childSeconds();
}

/** Linux only: elsewhere they are not counted. */
function childSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    const TICKS = 100;
    return (Number(fields[13]) + Number(fields[14])) / TICKS;
  } catch {
    return 0;
  }
}
