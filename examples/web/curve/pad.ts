import {letterOf, STEPS, shareOf} from '../letters';
import {drawing, svgElement} from '../plot/svg';
import {onSetting, set, setting} from '../settings';

const COUNT = 33;
const [WIDTH, HEIGHT] = [186, 96];
const START = Array.from({length: COUNT}, (_, i) => 0.5 + 0.35 * Math.sin((2.2 * Math.PI * i * i) / COUNT / COUNT));

/** The heights in the address, or a curve to begin with. */
export function drawnPoints(): number[] {
  const points = [...setting('points')].map(shareOf);
  return points.length === COUNT && points.every((point) => point >= 0) ? points : START;
}

/** A pad to draw on, by pointer or by keys. */
export function startPad(place: HTMLElement): void {
  const svg = drawing(place, WIDTH, HEIGHT, 'Your curve');
  const path = svgElement('path', {class: 'line'}, svg);
  const dot = svgElement('circle', {r: 4, class: 'knots'}, svg);
  for (const [key, value] of Object.entries({
    role: 'slider',
    tabindex: '0',
    'aria-valuemin': '0',
    'aria-valuemax': '1',
  })) {
    svg.setAttribute(key, value);
  }
  let chosen = COUNT >> 1;

  const show = () => {
    const points = drawnPoints();
    const at = (i: number) => [4 + (i * (WIDTH - 8)) / (COUNT - 1), HEIGHT - 6 - points[i] * (HEIGHT - 12)];
    path.setAttribute(
      'd',
      `M${points
        .map((_, i) =>
          at(i)
            .map((v) => v.toFixed(1))
            .join(' '),
        )
        .join('L')}`,
    );
    const [x, y] = at(chosen);
    dot.setAttribute('cx', String(x));
    dot.setAttribute('cy', String(y));
    svg.setAttribute('aria-valuenow', points[chosen].toFixed(2));
    svg.setAttribute('aria-valuetext', `point ${chosen + 1} of ${COUNT}: ${points[chosen].toFixed(2)}`);
  };
  const move = (i: number, height: number) => {
    const points = [...drawnPoints()];
    points[i] = Math.min(1, Math.max(0, height));
    set('points', points.map(letterOf).join(''));
  };

  const toPoint = ({clientX, clientY}: PointerEvent) => {
    const {left, top, width, height} = svg.getBoundingClientRect();
    const index = Math.round(((clientX - left) / width) * (COUNT - 1));
    return {index: Math.min(COUNT - 1, Math.max(0, index)), height: 1 - (clientY - top) / height};
  };
  let last: number | null = null;
  svg.addEventListener('pointerdown', (event) => {
    svg.setPointerCapture(event.pointerId);
    const {index, height} = toPoint(event);
    last = chosen = index;
    move(index, height);
    show();
  });
  svg.addEventListener('pointermove', (event) => {
    if (last === null) return;
    const {index, height} = toPoint(event);
    // A fast hand skips points.
    const step = Math.sign(index - last) || 1;
    for (let i = last; i !== index + step; i += step) move(i, height);
    last = chosen = index;
    show();
  });
  svg.addEventListener('pointerup', () => {
    last = null;
  });
  svg.addEventListener('keydown', (event) => {
    const side = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    const up = {ArrowUp: 1, ArrowDown: -1}[event.key];
    if (!side && !up) return;
    event.preventDefault();
    if (side) chosen = Math.min(COUNT - 1, Math.max(0, chosen + side));
    if (up) move(chosen, drawnPoints()[chosen] + up / STEPS);
    show();
  });
  onSetting((name) => {
    if (name === 'points') show();
  });
  show();
}
