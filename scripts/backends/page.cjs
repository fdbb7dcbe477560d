/** BACKENDS.md as text, from the records of a conformance run and one note on each backend. */

const INTRO = `# Backends

<!-- Written by \`npm run backends\` from the run of the specs and from scripts/backends/notes: do not edit. -->

What runs where, and how exact it is. \`npm run backends\` runs the specs on every backend of a machine and writes this
page; \`pw.backendReport()\` says what runs in your program.

Every kernel passes one table of cases on every backend, native or portable: lengths from 1 to 8192, every axis, ranks 1 to 4,
no rows, views, NaN, infinities and -0. Inputs and outputs are float32, which each case checks. The **error** is the largest
of all cases, as a share of the largest value of the case, rounded up to 1, 2 or 5; an error of 6e-8 is one rounding.
**Derivatives** are comparisons with differences in double precision, of every op by each of its inputs.
`;

const SUMMARY = ['where', 'runs on', 'native kernels', 'cases', 'error', '1st, 2nd, 3rd derivatives'];

/** Rounded up to 1, 2 or 5: the digits of an error differ from one machine to the next. */
function roundUp(error) {
  if (error === 0) return 'exact';
  const power = 10 ** Math.floor(Math.log10(error));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power * (1 + 1e-12) >= error);
  return digit === 10 ? `1e${Math.round(Math.log10(power)) + 1}` : `${digit}e${Math.round(Math.log10(power))}`;
}

/** The page with its errors hidden, and the widths that follow from them: for comparisons between machines. */
const withoutErrors = (page) =>
  page
    .replaceAll(/\b[125]e-?\d+|\bexact\b/g, '#')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/-{3,}/g, '---');

/** What one runner recorded, by runner in the order of the page. */
function group(records, backends) {
  const runners = new Map();
  for (const {runner, report, kernel, error, order} of records) {
    const key = `${runner.environment} ${runner.title}`;
    const found = runners.get(key) ?? {...runner, kernels: new Map(), derivatives: [0, 0, 0]};
    runners.set(key, found);
    if (report) found.report = report;
    if (order) found.derivatives[order - 1]++;
    if (!kernel) continue;
    const {cases, largest} = found.kernels.get(kernel) ?? {cases: 0, largest: 0};
    found.kernels.set(kernel, {cases: cases + 1, largest: Math.max(largest, error)});
  }
  const rank = ({environment, title}) =>
    `${backends.indexOf(backendOf(title))} ${environment === 'Node' ? 0 : 1} ${title}`;
  return [...runners.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

const backendOf = (title) => /^\w+/.exec(title)[0];

function page(runners, notes) {
  const sections = Object.entries(notes).map(([backend, note]) => {
    const own = runners.filter(({title, kernels}) => backendOf(title) === backend && kernels.size > 0);
    return `## ${backend}\n\n${note.trim()}\n${own.length > 0 ? `\n${kernelTable(own)}` : ''}`;
  });
  return `${INTRO}\n${table(SUMMARY, runners.map(summary))}\n${sections.join('\n')}`;
}

/** In Chromium the title says more than the name of the backend. */
const label = ({environment, title}) =>
  environment === 'Node' ? `${title} in Node` : title.replace(/^(\w+) in .*/, '$1 in Chromium');

function summary(runner) {
  const {report, kernels, derivatives} = runner;
  const results = [...kernels.values()];
  const cases = results.reduce((sum, {cases}) => sum + cases, 0);
  const native = Object.values(report?.kernels ?? {}).filter((kind) => kind === 'native').length;
  return [
    label(runner),
    report?.path ?? 'not recorded',
    report ? `${native} of ${Object.keys(report.kernels).length}` : '',
    cases,
    cases ? roundUp(Math.max(...results.map(({largest}) => largest))) : '',
    derivatives.join(', '),
  ];
}

/** Native or portable, cases, and the largest error, by kernel and runner. */
function kernelTable(runners) {
  const names = [...new Set(runners.flatMap(({kernels}) => [...kernels.keys()]))];
  const cell = ({report, kernels}, name) => {
    const result = kernels.get(name);
    return result ? `${report?.kernels[name] ?? '?'}, ${result.cases} cases, ${roundUp(result.largest)}` : '';
  };
  return table(
    ['kernel', ...runners.map(label)],
    names.map((name) => [name, ...runners.map((runner) => cell(runner, name))]),
  );
}

/** Aligned, as the formatter of this repository would. */
function table(header, rows) {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`;
  const [titles, ...others] = cells;
  return [titles, widths.map((width) => '-'.repeat(width)), ...others].map(line).join('');
}

module.exports = {backendOf, group, page, roundUp, withoutErrors};
