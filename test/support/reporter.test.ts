const Reporter = require('./reporter.cjs');

const BACKENDS = [
  {name: 'cpu', present: true},
  {name: 'webgpu', present: false, reason: 'no Vulkan driver'},
  {name: 'webgl', present: true},
];

const result = (fullName: string, status: string, title = fullName) => ({fullName, status, ancestorTitles: [title]});
const file = (name: string, ...testResults: object[]) => ({displayName: {name}, testResults});

function summarize(
  testResults: object[],
  globalConfig = {},
  counts = {},
  left: object[] = [],
): {lines: string[]; error?: Error} {
  const reporter = new Reporter({nonFlagArgs: [], ...globalConfig}, {backends: BACKENDS, left});
  const totals = {numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, ...counts};
  return {lines: reporter.summarize({testResults, ...totals}), error: reporter.getLastError()};
}

describe('the reporter', () => {
  const {CI: ci, TEST_LEVEL: level} = process.env;
  const {argv} = process; // of the run that this spec is part of

  beforeEach(() => {
    delete process.env.CI;
    delete process.env.TEST_LEVEL;
    process.argv = argv.slice(0, 2);
  });

  afterAll(() => {
    process.argv = argv;
    process.env.CI = ci;
    if (ci === undefined) delete process.env.CI;
    process.env.TEST_LEVEL = level;
    if (level === undefined) delete process.env.TEST_LEVEL;
  });

  it('tells tested backends from missing ones and from those outside this run', () => {
    const {lines, error} = summarize([file('unit', result('a', 'passed')), file('cpu', result('b', 'failed'))]);
    expect(lines).toContain('Backends tested: cpu.');
    expect(lines).toContain('Backends NOT tested: webgpu (no Vulkan driver), webgl (not part of this run).');
    expect(error).toBeUndefined();
  });

  it('finds webgl among the browser specs', () => {
    const {lines} = summarize([
      file('browser', result('c', 'passed', 'webgl, version 2'), result('d', 'passed', 'cpu')),
    ]);
    expect(lines).toContain('Backends tested: webgl.');
    expect(lines).toContain('In Chromium: webgl, cpu.');
  });

  it('names skipped tests, but not those that -t filtered out', () => {
    const results = [
      file('cpu', result('wanted one', 'pending'), result('other', 'pending'), result('wanted two', 'todo')),
    ];
    const {lines} = summarize(results, {testNamePattern: 'Wanted'});
    expect(lines.slice(0, 3)).toEqual([
      'Skipped: cpu: wanted one',
      'Skipped: cpu: wanted two',
      'Backends tested: none.',
    ]);
    expect(lines.at(-1)).toBe('0 passed, 0 failed, 2 skipped');
  });

  it('counts a file that does not load as a failure', () => {
    const {lines} = summarize([], {}, {numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1});
    expect(lines.at(-1)).toBe('3 passed, 2 failed, 0 skipped');
  });

  it('fails a whole run of everything in CI that lacks a backend, and no partial one', () => {
    process.env.CI = 'true';
    process.env.TEST_LEVEL = 'all';
    expect(summarize([file('cpu', result('a', 'passed'))]).error?.message).toMatch(/Not tested: webgpu \(no Vulkan/);
    expect(summarize([file('cpu', result('a', 'passed'))], {nonFlagArgs: ['test/ops']}).error).toBeUndefined();
    process.env.TEST_LEVEL = 'usual';
    expect(summarize([file('cpu', result('a', 'passed'))]).error).toBeUndefined();
  });

  it('names the specs that were left out, with what brings them', () => {
    process.env.CI = 'true';
    process.env.TEST_LEVEL = 'all';
    const left = [
      {spec: 'test/a.test.ts', missing: {onnx: 'not installed'}, slow: false},
      {spec: 'test/b.test.ts', missing: {onnx: 'not installed', tools: 'gone'}, slow: false},
      {spec: 'test/c.test.ts', missing: {}, slow: true},
    ];
    const {lines, error} = summarize([], {}, {}, left);
    expect(lines).toContain(
      'NOT run for want of onnx (not installed; npm run setup -- onnx): test/a.test.ts, test/b.test.ts',
    );
    expect(lines).toContain('NOT run for want of tools (gone; npm run setup -- tools): test/b.test.ts');
    expect(lines).toContain('1 longer spec is NOT part of npm test: npm run test:all runs everything.');
    expect(error?.message).toContain('NOT run for want of onnx');
    expect(summarize([], {nonFlagArgs: ['test/ops']}, {}, left).error).toBeUndefined();
  });
});
