import {scaleLinear} from 'd3-scale';
import {area, line} from 'd3-shape';
import {drawing, svgElement, text} from '../plot/svg';
import type {CurveFit} from '../worker/messages';
import type {Curve} from './targets';

/** More bends than these are ticks only. */
const MOST_KNOTS = 70;
const MARGIN = 0.06;
/** The height of what stands above and below a plot: with it everything is in sight. */
const AROUND = 340;

interface Places {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Top and bottom of the strip of errors. */
  strip: [top: number, bottom: number];
}

/** A prediction over its target, its breakpoints as ticks on the axis, and what is left over. */
export class FitPlot {
  constructor(private readonly place: HTMLElement) {}

  /** `fit` is null before the first epoch. `limit`: how far the strip of errors reaches, the same for both plots. */
  draw(curve: Curve, fit: CurveFit | null, limit: number): void {
    const at = placesIn(this.place);
    this.place.replaceChildren();
    const label = fit ? `${fit.name}: fit of ${curve.title} with ${fit.regions} pieces` : `The curve: ${curve.title}`;
    const svg = drawing(this.place, at.width, at.height, label);
    const x = scaleLinear([0, 1], [at.left, at.right]);
    const y = scaleLinear([-MARGIN, 1 + MARGIN], [at.bottom, at.top]).clamp(true);
    drawAxes(svg, curve, at);
    const path = (name: string, d: string | null) => svgElement('path', {class: name, d: d ?? ''}, svg);
    path('target', curve.x.map((u, i) => `M${x(u).toFixed(1)} ${y(curve.y[i]).toFixed(1)}h0`).join(''));
    if (!fit) return;
    const {prediction, breakpoints} = fit;
    const strip = scaleLinear([-limit, limit], [at.strip[1], at.strip[0]]).clamp(true);
    path(
      'residual',
      area<number>(
        (_, i) => x(curve.x[i]),
        strip(0),
        (value) => strip(value),
      )(Array.from(prediction, (value, i) => value - curve.truth[i])),
    );
    path('ticks', breakpoints.map((u) => `M${x(u).toFixed(2)} ${at.bottom + 4}V${at.bottom + 18}`).join(''));
    path(
      'line',
      line<number>(
        (_, i) => x(curve.x[i]),
        (value) => y(value),
      )(Array.from(prediction)),
    );
    if (breakpoints.length <= MOST_KNOTS) {
      path('knots', breakpoints.map((u) => knot(x(u), y(valueAt(curve.x, prediction, u)))).join(''));
    }
    text(`error, up to ±${limit.toPrecision(1)}`, {x: at.left, y: at.strip[0] - 5}, svg);
  }
}

/** In pixels, so that text is as large as other text however narrow the plot. */
function placesIn(place: HTMLElement): Places {
  const width = Math.max(150, place.clientWidth);
  const height = Math.round(width < 240 ? 1.5 * width : Math.min(1.32 * width, Math.max(400, innerHeight - AROUND)));
  const stripHeight = Math.round(height * 0.17);
  const bottom = height - stripHeight - 62;
  const strip: [number, number] = [height - stripHeight - 4, height - 4];
  return {width, height, left: width < 240 ? 26 : 36, right: width - 6, top: 10, bottom, strip};
}

function drawAxes(svg: SVGElement, curve: Curve, {left, right, top, bottom, strip}: Places): void {
  const axes = svgElement('g', {}, svg);
  const x = scaleLinear(curve.domain, [left, right]);
  const value = scaleLinear([0, 1], curve.range);
  const y = scaleLinear([value(-MARGIN), value(1 + MARGIN)], [bottom, top]);
  svgElement('path', {class: 'axis', d: `M${left} ${bottom + 4}H${right}M${left} ${bottom}V${top}`}, axes);
  svgElement('path', {class: 'axis', d: `M${left} ${(strip[0] + strip[1]) / 2}H${right}`}, axes);
  const format = (v: number) => (curve.years ? String(v) : String(Number(v.toPrecision(3))));
  // A label in the middle of a tick at the very end would stick out.
  const anchor = (at: number) => (at > right - 8 ? 'end' : 'middle');
  for (const tick of x.ticks(right - left < 220 ? 3 : 5)) {
    text(format(tick), {x: x(tick), y: bottom + 32, 'text-anchor': anchor(x(tick))}, axes);
  }
  for (const tick of y.ticks(4)) {
    text(String(Number(tick.toPrecision(3))), {x: left - 5, y: y(tick) + 4, 'text-anchor': 'end'}, axes);
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
