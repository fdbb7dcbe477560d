import {scaleLinear, scaleLog} from 'd3-scale';
import {line} from 'd3-shape';
import {powerOfTen} from '../scientific';
import type {NetworkName} from '../worker/messages';
import {drawing, svgElement, text} from './svg';

interface Point {
  epoch: number;
  loss: Record<NetworkName, number>;
}

const HEIGHT = 132;
const [TOP, BOTTOM, LEFT] = [20, HEIGHT - 18, 36];
/** From this many points on every second one is left out. */
const MOST = 400;
const LEAST_LOSS = 1e-12;

/** The losses of both networks by epoch, on a scale of powers of ten. */
export class LossPlot {
  private points: Point[] = [];

  constructor(
    private readonly place: HTMLElement,
    private readonly what: string,
  ) {}

  /** A point more; the plot begins anew with epoch 0. */
  add(epoch: number, loss: Record<NetworkName, number>): void {
    if (epoch === 0) this.points = [];
    if (!(loss.dense >= 0 && loss.ours >= 0)) return;
    this.points.push({epoch, loss});
    if (this.points.length > MOST) this.points = this.points.filter((_, i) => i % 2 === 1 || i === 0);
    this.draw();
  }

  private draw(): void {
    const {points, place, what} = this;
    const width = Math.max(160, place.clientWidth);
    place.replaceChildren();
    const last = points[points.length - 1];
    const said = `dense ${last.loss.dense.toExponential(1)}, ours ${last.loss.ours.toExponential(1)}`;
    const svg = drawing(place, width, HEIGHT, `${what} by epoch. After ${last.epoch} epochs: ${said}`);
    const all = points.flatMap(({loss}) => [loss.dense, loss.ours]).map((value) => Math.max(value, LEAST_LOSS));
    const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
    const high = 10 ** Math.ceil(Math.log10(Math.max(...all)) + 1e-9);
    const x = scaleLinear([0, Math.max(50, last.epoch)], [LEFT, width - 6]);
    const y = scaleLog([low, Math.max(high, 10 * low)], [BOTTOM, TOP]);
    const powers = Math.round(Math.log10(y.domain()[1] / low));
    const step = Math.ceil(powers / 4);
    for (let i = 0; i <= powers; i += step) {
      const value = y.domain()[1] / 10 ** i;
      svgElement('path', {class: 'axis', d: `M${LEFT} ${y(value)}H${width - 6}`}, svg);
      text(powerOfTen(Math.round(Math.log10(value))), {x: LEFT - 5, y: y(value) + 4, 'text-anchor': 'end'}, svg);
    }
    for (const name of ['dense', 'ours'] as const) {
      const group = svgElement('g', {class: name}, svg);
      const d = line<Point>(
        ({epoch}) => x(epoch),
        ({loss}) => y(Math.max(loss[name], LEAST_LOSS)),
      )(points);
      svgElement('path', {class: 'line', d: d ?? ''}, group);
      svgElement(
        'circle',
        {class: 'knots', cx: x(last.epoch), cy: y(Math.max(last.loss[name], LEAST_LOSS)), r: 3},
        group,
      );
    }
    text(what, {x: 0, y: 10}, svg);
    text('0', {x: LEFT, y: HEIGHT - 4, 'text-anchor': 'middle'}, svg);
    text(`${x.domain()[1].toLocaleString('en')} epochs`, {x: width - 6, y: HEIGHT - 4, 'text-anchor': 'end'}, svg);
  }
}
