import {scaleLinear} from 'd3-scale';
import {area, line} from 'd3-shape';
import {drawing, svgElement, text} from '../plot/svg';
import type {NetworkReport} from '../worker/messages';
import type {Curve} from './targets';

const [WIDTH, HEIGHT] = [380, 400];
const LEFT = 34;
const [TOP, BOTTOM] = [10, 268];
/** Where the ticks of the breakpoints are. */
const [TICKS_TOP, TICKS_BOTTOM] = [272, 286];
const [STRIP_TOP, STRIP_BOTTOM] = [322, 388];

/** A prediction over its target, its breakpoints as ticks on the axis, and what is left over. */
export class FitPlot {
  private readonly root: SVGElement;
  private readonly axes: SVGElement;
  private readonly paths: Record<'target' | 'line' | 'knots' | 'ticks' | 'residual', SVGElement>;
  private readonly stripLabel: SVGElement;

  constructor(place: Element) {
    this.root = drawing(place, WIDTH, HEIGHT, '');
    this.axes = svgElement('g', {}, this.root);
    const path = (name: string) => svgElement('path', {class: name}, this.root);
    this.paths = {
      target: path('target'),
      residual: path('residual'),
      ticks: path('ticks'),
      line: path('line'),
      knots: path('knots'),
    };
    this.stripLabel = text('', {x: LEFT, y: STRIP_TOP - 7}, this.root);
  }

  /** `limit`: how far the strip reaches, the same for both plots. */
  draw(curve: Curve, {prediction, breakpoints, regions, name}: NetworkReport, limit: number): void {
    const x = scaleLinear([0, 1], [LEFT, WIDTH - 6]);
    const y = scaleLinear([-0.08, 1.08], [BOTTOM, TOP]).clamp(true);
    this.drawAxes(curve);
    const points = curve.x.map((u, i) => `M${x(u).toFixed(1)} ${y(curve.y[i]).toFixed(1)}h0`);
    this.paths.target.setAttribute('d', points.join(''));
    const fit = line<number>(
      (_, i) => x(curve.x[i]),
      (value) => y(value),
    );
    this.paths.line.setAttribute('d', fit(Array.from(prediction)) ?? '');
    const ticks = breakpoints.map((u) => `M${x(u).toFixed(2)} ${TICKS_TOP}V${TICKS_BOTTOM}`);
    this.paths.ticks.setAttribute('d', ticks.join(''));
    const knots = breakpoints.length > 70 ? [] : breakpoints.map((u) => knot(x(u), y(valueAt(curve.x, prediction, u))));
    this.paths.knots.setAttribute('d', knots.join(''));
    const strip = scaleLinear([-limit, limit], [STRIP_BOTTOM, STRIP_TOP]).clamp(true);
    const rest = area<number>(
      (_, i) => x(curve.x[i]),
      strip(0),
      (value) => strip(value),
    );
    this.paths.residual.setAttribute('d', rest(Array.from(prediction, (value, i) => value - curve.truth[i])) ?? '');
    this.stripLabel.textContent = `error, strip of ±${limit.toPrecision(1)}`;
    this.root.setAttribute('aria-label', `${name}: fit of ${curve.title} with ${regions} linear regions`);
  }

  private drawAxes(curve: Curve): void {
    if (this.axes.dataset.curve === curve.title) return;
    this.axes.dataset.curve = curve.title;
    this.axes.replaceChildren();
    const [low, high] = curve.domain;
    const x = scaleLinear([low, high], [LEFT, WIDTH - 6]);
    const y = scaleLinear([-0.08, 1.08], [BOTTOM, TOP]);
    const value = scaleLinear([0, 1], curve.range);
    const own = scaleLinear([value(-0.08), value(1.08)], [BOTTOM, TOP]);
    svgElement('path', {class: 'axis', d: `M${LEFT} ${TICKS_TOP}H${WIDTH - 6}M${LEFT} ${y(-0.08)}V${TOP}`}, this.axes);
    svgElement('path', {class: 'axis', d: `M${LEFT} ${(STRIP_TOP + STRIP_BOTTOM) / 2}H${WIDTH - 6}`}, this.axes);
    const format = (v: number) => (curve.years ? String(v) : String(Number(v.toPrecision(3))));
    for (const tick of x.ticks(5)) {
      text(format(tick), {x: x(tick), y: TICKS_BOTTOM + 13, 'text-anchor': 'middle'}, this.axes);
    }
    for (const tick of own.ticks(4)) {
      text(String(Number(tick.toPrecision(3))), {x: LEFT - 6, y: own(tick) + 4, 'text-anchor': 'end'}, this.axes);
    }
  }
}

const knot = (x: number, y: number) =>
  `M${(x - 2.2).toFixed(1)} ${y.toFixed(1)}a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0`;

/** Between two samples. */
function valueAt(x: readonly number[], values: Float32Array, u: number): number {
  const after = x.findIndex((sample) => sample >= u);
  if (after <= 0) return values[Math.max(after, 0)];
  const share = (u - x[after - 1]) / (x[after] - x[after - 1]);
  return values[after - 1] + share * (values[after] - values[after - 1]);
}
