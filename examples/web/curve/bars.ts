import {scaleLinear} from 'd3-scale';
import {drawing, svgElement} from '../plot/svg';
import type {Bars} from '../worker/messages';

const WIDTH = 264;
const ROWS_HEIGHT = 132;

/** Each group in a row of its own, each unit a bar or a pair of them around 0. */
export function drawBars(place: HTMLElement, bars: Bars | null): void {
  place.replaceChildren();
  const title = document.createElement('p');
  title.className = 'bars-title';
  title.textContent = bars?.title ?? 'All weights are free: no slopes or peaks of their own are left.';
  place.append(title);
  if (!bars) return;
  const {groups} = bars;
  const height = Math.min(40, ROWS_HEIGHT / groups.length);
  const all = groups.flatMap(({values}) => values.flat());
  const most = Math.max(1, ...all.map(Math.abs));
  const y = scaleLinear([Math.min(0, ...all) < 0 ? -most : 0, most], [height - 3, 1]);
  const svg = drawing(place, WIDTH, height * groups.length, bars.title);
  groups.forEach(({values, label}, row) => {
    const group = svgElement('g', {transform: `translate(0 ${row * height})`}, svg);
    svgElement('title', {}, group).textContent = label;
    const slot = Math.min(22, WIDTH / values.length);
    values.forEach((unit, i) => {
      const width = Math.max(0.6, (slot * 0.8) / unit.length);
      unit.forEach((value, side) => {
        const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
        const x = i * slot + side * width;
        const name = side === 0 ? 'bar' : 'bar second';
        svgElement('rect', {class: name, x, y: top, width, height: Math.max(0.6, bottom - top)}, group);
      });
    });
    svgElement('path', {class: 'axis', d: `M0 ${y(0)}H${WIDTH}`}, group);
  });
}
