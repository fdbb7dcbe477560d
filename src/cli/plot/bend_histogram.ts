import {type Frame, horizontalAxis, verticalAxis} from './axes';
import {ACCENT, MUTED} from './color';
import {type Range, scale, shortNumber} from './scale';
import {element, figure, label, rounded} from './svg';

const BINS = 40;
const FRAME: Frame = {left: 70, right: 680, top: 116, bottom: 400};

/**
 * How much the units of a model bend: SVG text of a histogram of |slope after - slope before| over breakpoints.
 *
 * A ReLU bends by 1, a ReLU pair by |positive - negative|. Bends of 0 are breakpoints that are there for training but
 * bend nothing now: a grey bar of their own.
 *
 * @example
 * const svg = bendHistogram([1, 0.5, 0]);
 */
export function bendHistogram(bends: ArrayLike<number>): string {
  const all = Array.from(bends);
  const live = all.filter((bend) => bend > 0);
  const max = live.reduce((most, bend) => Math.max(most, bend), 0) || 1;
  // A bin more than the largest needs, so that its bar stands inside the frame.
  const domain: Range = [0, max * (BINS / (BINS - 1))];
  const counts = new Array<number>(BINS).fill(0);
  for (const bend of live) counts[Math.min(BINS - 1, Math.floor((bend / domain[1]) * BINS))]++;
  const dead = all.length - live.length;
  const top: Range = [0, Math.max(...counts, dead, 1) * 1.05];
  const [atX, atY] = [scale(domain, [FRAME.left, FRAME.right]), scale(top, [FRAME.bottom, FRAME.top])];
  const bar = (from: number, to: number, count: number, fill: string) =>
    count === 0
      ? ''
      : element('rect', {x: from + 0.5, y: atY(count), width: to - from - 1, height: FRAME.bottom - atY(count), fill});
  const binWidth = (FRAME.right - FRAME.left) / BINS;
  const bars = counts.map((count, i) => {
    const from = FRAME.left + i * binWidth;
    return bar(from, from + binWidth, count, ACCENT);
  });
  const title = `${live.length.toLocaleString('en')} live of ${all.length.toLocaleString('en')} breakpoints`;
  const largest = live.length > 0 ? `, at most ${shortNumber(max)} here` : '';
  const description = [
    `How much units bend: |slope after - slope before|, 1 for a ReLU${largest}.`,
    dead > 0 ? `The grey bar, left of 0: ${dead.toLocaleString('en')} that do not bend.` : 'All of them bend.',
  ];
  return figure(
    460,
    {title, description},
    ...bars,
    bar(FRAME.left - binWidth, FRAME.left - 2, dead, MUTED),
    horizontalAxis(FRAME, [0, domain[1]], '|slope after - slope before|'),
    verticalAxis({...FRAME, left: FRAME.left - binWidth}, top, 'breakpoints'),
    atX(1) < FRAME.right ? label(atX(1) + 4, FRAME.top, 'ReLU', {fill: '#555'}) + reluLine(atX(1)) : '',
  );
}

const reluLine = (x: number) =>
  element('path', {d: `M${rounded(x)} ${FRAME.top - 10}V${FRAME.bottom}`, stroke: '#555', 'stroke-dasharray': '3 3'});
