import {scaleLinear, scaleLog} from 'd3-scale';
import {line} from 'd3-shape';
import {drawing, svgElement, text} from '../plot/svg';
import type {Candidate} from '../worker/messages';

/** Narrower on a phone, so that its text stays as large as other text. */
const [LEAST_WIDTH, MOST_WIDTH, HEIGHT] = [280, 620, 300];
const [LEFT, TOP, BOTTOM] = [44, 14, HEIGHT - 38];
const FAMILIES = [
  {family: 'dense', style: 'dense', label: 'dense ReLU'},
  {family: 'wht', style: 'ours', label: 'ours: transform, ReLU pairs'},
] as const;

/** Accuracy against weights, with the way that each network has come. */
export function drawPareto(place: HTMLElement, candidates: readonly Candidate[], chosen: number): void {
  place.replaceChildren();
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, place.clientWidth));
  const right = width - 14;
  const svg = drawing(place, width, HEIGHT, describe(candidates));
  const sizes = candidates.map(({parameters}) => parameters);
  const x = scaleLog([Math.min(...sizes) * 0.85, Math.max(...sizes) * 1.2], [LEFT, right]);
  const y = scaleLinear([lowest(candidates), 1], [BOTTOM, TOP]).clamp(true);
  for (const tick of y.ticks(6)) {
    svgElement('path', {class: 'axis', d: `M${LEFT} ${y(tick)}H${right}`}, svg);
    text(`${Math.round(tick * 100)} %`, {x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end'}, svg);
  }
  const ticks = width < 500 ? [300, 1000, 3000] : [300, 500, 1000, 2000, 3000, 5000];
  for (const tick of ticks.filter((n) => n >= x.domain()[0] && n <= x.domain()[1])) {
    text(tick.toLocaleString('en'), {x: x(tick), y: BOTTOM + 17, 'text-anchor': 'middle'}, svg);
  }
  text('weights', {x: right, y: BOTTOM + 33, 'text-anchor': 'end'}, svg);
  FAMILIES.forEach(({family, style, label}, row) => {
    const group = svgElement('g', {class: style}, svg);
    const own = candidates.filter((candidate) => candidate.family === family && candidate.accuracies.length > 0);
    for (const {parameters, accuracies} of own) {
      const top = Math.max(...accuracies);
      svgElement('path', {class: 'faint', d: `M${x(parameters)} ${y(accuracies[0])}V${y(top)}`}, group);
    }
    const front = frontier(own);
    const path = line<Candidate>(
      ({parameters}) => x(parameters),
      (candidate) => y(latest(candidate)),
    )(front);
    if (path) svgElement('path', {class: 'line', d: path}, group);
    for (const candidate of own) {
      const isChosen = candidates.indexOf(candidate) === chosen;
      const dot = svgElement(
        'circle',
        {class: 'knots', cx: x(candidate.parameters), cy: y(latest(candidate)), r: isChosen ? 8 : 5},
        group,
      );
      svgElement('title', {}, dot).textContent = `${candidate.name}: ${percent(latest(candidate))}`;
    }
    text(`● ${label}`, {x: right, y: BOTTOM - 28 + 17 * row, 'text-anchor': 'end', class: 'tag'}, group);
  });
}

export const latest = ({accuracies}: Candidate) => accuracies[accuracies.length - 1];

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Those that no smaller network of the family beats. */
function frontier(candidates: Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => a.parameters - b.parameters);
  return sorted.filter((candidate, i) => sorted.slice(0, i).every((other) => latest(other) < latest(candidate)));
}

/** Room for the last epochs: what was bad at first may run out of the picture below. */
function lowest(candidates: readonly Candidate[]): number {
  const least = Math.min(0.9, ...candidates.filter(({accuracies}) => accuracies.length > 0).map(latest));
  return Math.max(0, Math.floor(least * 10 - 0.5) / 10);
}

function describe(candidates: readonly Candidate[]): string {
  const seen = candidates.filter(({accuracies}) => accuracies.length > 0);
  const list = seen.map((each) => `${each.name}, ${each.parameters} weights: ${percent(latest(each))}`);
  return `Test accuracy against weights. ${list.join('; ')}`;
}
