/**
 * Says which backends a run tested and which not, names every skipped test, and ends with one line of totals. Under
 * CI=true a whole run (nothing selected by name, path or project) fails if it left a backend out.
 */
module.exports = class BackendReporter {
  constructor(globalConfig, {backends}) {
    this.backends = backends;
    this.filter = globalConfig.testNamePattern ? new RegExp(globalConfig.testNamePattern, 'i') : undefined;
    const projectsChosen = process.argv.some((argument) => /^--(select|ignore)Projects/.test(argument));
    this.whole = !this.filter && !projectsChosen && globalConfig.nonFlagArgs.length === 0;
    this.output = globalConfig.json ? process.stderr : process.stdout; // --json owns stdout
  }

  onRunComplete(_contexts, results) {
    const lines = this.summarize(results);
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
    if (process.env.CI === 'true' && this.whole && untested.length > 0) {
      this.error = new Error(`With CI=true every backend must be tested. Not tested: ${untested.join(', ')}.`);
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
