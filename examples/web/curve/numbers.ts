import type {NetworkReport} from '../worker/messages';

interface Line {
  label: string;
  text(report: NetworkReport): string;
  /** Which of the two is better, where that can be said: the one with less or with more of it. */
  better?: {of(report: NetworkReport): number; sign: 1 | -1};
}

const LINES: Line[] = [
  {label: 'parameters', text: ({parameters}) => parameters.toLocaleString('en')},
  {label: 'regions now', text: ({regions}) => String(regions), better: {of: ({regions}) => regions, sign: 1}},
  {label: 'at most possible', text: ({possible}) => count(possible)},
  {
    label: 'mean squared error',
    text: ({meanSquaredError}) => scientific(meanSquaredError),
    better: {of: ({meanSquaredError}) => meanSquaredError, sign: -1},
  },
  {
    label: 'largest error',
    text: ({maxError}) => scientific(maxError),
    better: {of: ({maxError}) => maxError, sign: -1},
  },
  {label: 'ms per epoch', text: ({msPerEpoch}) => (Number.isFinite(msPerEpoch) ? msPerEpoch.toFixed(1) : '–')},
  {label: 'multiply-adds', text: ({multiplyAdds}) => multiplyAdds?.toLocaleString('en') ?? '–'},
];

export function showNumbers(body: HTMLTableSectionElement, dense: NetworkReport, ours: NetworkReport): void {
  body.replaceChildren(
    ...LINES.map(({label, text, better}) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = label;
      const lead = better ? better.sign * (better.of(ours) - better.of(dense)) : 0;
      const cells = [dense, ours].map((report, i) => {
        const cell = document.createElement('td');
        cell.textContent = text(report);
        cell.classList.toggle('best', i === 0 ? lead < 0 : lead > 0);
        return cell;
      });
      row.append(head, ...cells);
      return row;
    }),
  );
}

export function scientific(value: number): string {
  if (!(value > 0)) return String(value);
  const exponent = Math.floor(Math.log10(value));
  if (exponent >= -2) return value.toFixed(3);
  const superscript = [...String(-exponent)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${(value / 10 ** exponent).toFixed(1)}·10⁻${superscript}`;
}

function count(value: bigint): string {
  const digits = value.toString();
  return digits.length <= 7 ? value.toLocaleString('en') : `about 10^${digits.length - 1}`;
}
