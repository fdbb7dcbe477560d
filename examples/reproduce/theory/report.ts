import type {Check} from './check';

const HEAD = ['', 'what', 'source', 'expected', 'found', 'differ'];
/** Widths of the columns: 100 characters with the spaces between. */
const WIDTHS = [4, 46, 9, 15, 15, 6];

function cells({pass, what, source, expected, found, deviation}: Check): string[] {
  const shown = deviation === null ? '' : deviation === 0 ? '0' : deviation.toExponential(0);
  return [pass ? 'ok' : 'FAIL', what, source, expected, found, shown];
}

function line(row: string[]): string {
  return row
    .map((cell, i) => (i < 3 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i])))
    .join(' ')
    .trimEnd();
}

/** The checks for a terminal of 100 columns, topic by topic. */
export function table(checks: Check[]): string {
  const rows = checks.flatMap((check, i) => [
    ...(check.topic === checks[i - 1]?.topic ? [] : ['', check.topic]),
    line(cells(check)),
  ]);
  return [line(HEAD), WIDTHS.map((width) => '-'.repeat(width)).join(' '), ...rows].join('\n');
}

/** The checks as a Markdown page. */
export function markdown(checks: Check[]): string {
  const row = (values: string[]) => `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |`;
  const head = ['topic', ...HEAD];
  const rows = [head, head.map(() => '---'), ...checks.map((check) => [check.topic, ...cells(check)])].map(row);
  return `# Numbers of the theory\n\n${summary(checks)}\n\n${rows.join('\n')}\n`;
}

export function summary(checks: Check[]): string {
  const failed = checks.filter(({pass}) => !pass).length;
  return failed === 0 ? `All ${checks.length} numbers agree.` : `${failed} of ${checks.length} numbers disagree.`;
}
