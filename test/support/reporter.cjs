const {mkdtempSync, readFileSync, rmSync, writeFileSync} = require('node:fs');
const {tmpdir} = require('node:os');
const path = require('node:path');

/**
 * Says which backends a run tested and which not, which specs were left out and how to get them, and every skipped test,
 * and ends with one line of totals. Under CI=true a whole run of `npm run test:all` (nothing selected by name, path or
 * project) fails if it left anything out. With TEST_COSTS=1 it lists the CPU seconds of each spec.
 */
module.exports = class BackendReporter {
  constructor(globalConfig, {backends, left = []}) {
    this.backends = backends;
    this.left = left;
    this.level = process.env.TEST_LEVEL;
    this.filter = globalConfig.testNamePattern ? new RegExp(globalConfig.testNamePattern, 'i') : undefined;
    const projectsChosen = process.argv.some((argument) => /^--(select|ignore)Projects/.test(argument));
    this.whole = !this.filter && !projectsChosen && globalConfig.nonFlagArgs.length === 0;
    this.output = globalConfig.json ? process.stderr : process.stdout; // --json owns stdout
    if (process.env.TEST_COSTS) this.costs = new Costs(globalConfig.rootDir);
  }

  onRunComplete(_contexts, results) {
    const lines = [...this.summarize(results)];
    if (this.costs) lines.unshift(...this.costs.lines(results.testResults));
    // Jest prints its own summary after this; the exit comes after everything.
    process.once('exit', () => this.output.write(`\n${lines.join('\n')}\n`));
  }

  summarize({testResults, numPassedTests, numFailedTests, numRuntimeErrorTestSuites}) {
    const {node, chromium, skipped} = sortTests(testResults, this.filter);
    if (chromium.has('webgl')) node.add('webgl'); // it has no other home
    const tested = this.backends.filter(({name}) => node.has(name)).map(({name}) => name);
    const untested = this.backends.filter(({name}) => !node.has(name)).map(describe);

    const lines = skipped.map((name) => `Skipped: ${name}`);
    lines.push(`Backends tested: ${tested.join(', ') || 'none'}.`);
    if (chromium.size > 0) lines.push(`In Chromium: ${[...chromium].join(', ')}.`);
    if (untested.length > 0) lines.push(`Backends NOT tested: ${untested.join(', ')}.`);
    const {without, slow} = describeLeft(this.whole ? this.left : []);
    lines.push(...without);
    const longer = slow === 1 ? '1 longer spec is' : `${slow} longer specs are`;
    if (slow > 0) lines.push(`${longer} NOT part of npm test: npm run test:all runs everything.`);
    if (process.env.CI === 'true' && this.whole && this.level === 'all' && untested.length + without.length > 0) {
      this.error = new Error(
        `With CI=true everything must be tested. Not tested: ${[...untested, ...without].join(', ')}.`,
      );
      lines.push(this.error.message);
    }
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    lines.push(`${numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
    return lines;
  }

  getLastError() {
    return this.error;
  }
};

/** A line for each part of the setup that specs would need, and how many specs are left out because they are slow. */
function describeLeft(left) {
  const specs = new Map();
  const reasons = new Map();
  for (const {spec, missing, slow} of left) {
    if (slow) continue; // whatever else it lacks
    for (const [part, reason] of Object.entries(missing)) {
      specs.set(part, [...(specs.get(part) ?? []), spec]);
      reasons.set(part, reason);
    }
  }
  const without = [...specs].map(
    ([part, list]) =>
      `NOT run for want of ${part} (${reasons.get(part)}; npm run setup -- ${part}): ${list.join(', ')}`,
  );
  return {without, slow: left.filter(({slow}) => slow).length};
}

function describe({name, present, reason}) {
  return `${name} (${present ? 'not part of this run' : (reason ?? 'missing')})`;
}

/** Tests that `-t` filtered out are neither tested nor skipped: nobody asked for them. */
function sortTests(files, filter) {
  const node = new Set();
  const chromium = new Set();
  const skipped = [];
  for (const {displayName, testResults} of files) {
    const project = displayName?.name;
    for (const {status, fullName, ancestorTitles} of testResults) {
      if (filter && !filter.test(fullName)) continue;
      if (status !== 'passed' && status !== 'failed') skipped.push(`${project}: ${fullName}`);
      else if (project === 'browser') chromium.add(/^\w*/.exec(ancestorTitles[0] ?? fullName)[0]);
      else node.add(project);
    }
  }
  return {node, chromium, skipped};
}

/** CPU seconds by spec, which the environments of the specs write: see environments/node.cjs. */
class Costs {
  constructor(root) {
    this.root = root;
    this.folder = mkdtempSync(path.join(tmpdir(), 'test-costs-'));
    this.file = path.join(this.folder, 'costs.jsonl');
    writeFileSync(this.file, '');
    process.env.TEST_COSTS = this.file; // the workers inherit it
  }

  lines(results) {
    const rows = readFileSync(this.file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    rmSync(this.folder, {recursive: true});
    rows.sort((a, b) => b.seconds - a.seconds);
    const wall = new Map(
      results.map(({displayName, testFilePath, perfStats}) => [
        `${displayName?.name} ${testFilePath}`,
        (perfStats.end - perfStats.start) / 1000,
      ]),
    );
    const total = rows.reduce((sum, {seconds}) => sum + seconds, 0);
    const line = (cpu, seconds, name) => `${cpu.padStart(8)}  ${seconds.padStart(8)}  ${name}`;
    return [
      line('CPU s', 'wall s', 'spec'),
      ...rows.map(({project, path: file, seconds}) => {
        const took = wall.get(`${project} ${file}`);
        return line(seconds.toFixed(1), took?.toFixed(1) ?? '', `${project} ${path.relative(this.root, file)}`);
      }),
      line(total.toFixed(1), '', `all ${rows.length}`),
    ];
  }
}
