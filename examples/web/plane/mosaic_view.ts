import type {PlanePoint} from '../networks/plane_config';
import type {Mosaic} from '../worker/messages';
import {countOf, middleOf, polygonAt, zerosOf} from './geometry';
import {mixed, paintsOf, type Rgb} from './paints';

/** Where the light comes from: a tilted tile is lighter or darker, like a facet. */
const LIGHT = [-0.45, 0.55, 0.7];
/** How much of white or of the deep shade a tile takes at most. */
const RELIEF = 0.42;
const [BLACK, WHITE]: Rgb[] = [
  [0, 0, 0],
  [255, 255, 255],
];

export interface Spot {
  x: number;
  y: number;
}

/**
 * The linear regions of a network as a mosaic on a canvas. The tint follows the output, the light the slope of each tile; the
 * strong line is where the network changes its mind.
 */
export class MosaicView {
  private mosaic: Mosaic | null = null;
  private points: readonly PlanePoint[] = [];
  private spot: Spot | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly family: 'ours' | 'dense',
  ) {}

  show(mosaic: Mosaic | null, points: readonly PlanePoint[]): void {
    this.mosaic = mosaic;
    this.points = points;
    this.draw();
  }

  /** Marks the region at a spot. */
  mark(spot: Spot | null): void {
    this.spot = spot;
    this.draw();
  }

  draw(): void {
    const {canvas, mosaic} = this;
    const side = canvas.clientWidth;
    if (side === 0) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = canvas.height = Math.round(side * ratio);
    const context = canvas.getContext('2d')!;
    const scale = canvas.width / 2;
    // Lengths below are in pixels of the page; places in the square from -1 to 1, upwards.
    const pen: Pen = {
      context,
      ratio,
      x: (x) => (x + 1) * scale,
      y: (y) => (1 - y) * scale,
    };
    const paints = paintsOf(canvas, this.family);
    context.lineJoin = 'round';
    if (mosaic) {
      drawTiles(pen, mosaic, paints.pale, paints.full);
      drawGrout(pen, mosaic, paints.grout);
      drawBoundary(pen, mosaic, paints);
      if (this.spot) drawRegion(pen, mosaic, this.spot, paints.ink);
    }
    for (const point of this.points) drawPoint(pen, point, paints);
    if (this.spot) drawCross(pen, this.spot, paints);
  }
}

interface Pen {
  context: CanvasRenderingContext2D;
  ratio: number;
  x(x: number): number;
  y(y: number): number;
}

function trace({context, x, y}: Pen, {corners, starts}: Mosaic, polygon: number): void {
  for (let i = starts[polygon]; i < starts[polygon + 1]; i++) {
    const [px, py] = [x(corners[3 * i]), y(corners[3 * i + 1])];
    if (i === starts[polygon]) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
}

function drawTiles(pen: Pen, mosaic: Mosaic, pale: Rgb, full: Rgb): void {
  const {context, ratio} = pen;
  const deep = mixed(full, BLACK, 0.5); // a grey shade would look like dirt
  context.lineWidth = ratio * 0.7; // hides the seams of antialiasing
  for (let i = 0; i < countOf(mosaic); i++) {
    const share = 1 / (1 + Math.exp(-middleOf(mosaic, i)));
    context.fillStyle = context.strokeStyle = lit(mixed(pale, full, share), deep, mosaic, i);
    context.beginPath();
    trace(pen, mosaic, i);
    context.fill();
    context.stroke();
  }
}

/** The colour of a tile whose height is the output. */
function lit(color: Rgb, deep: Rgb, {gradients}: Mosaic, polygon: number): string {
  // Slopes of all sizes occur: the logarithm tells them apart.
  const [dx, dy] = [gradients[2 * polygon], gradients[2 * polygon + 1]];
  const steep = Math.hypot(dx, dy);
  const tilt = steep === 0 ? 0 : (0.35 * Math.log1p(steep)) / steep;
  const length = Math.hypot(tilt * dx, tilt * dy, 1);
  const light = (-tilt * dx * LIGHT[0] - tilt * dy * LIGHT[1] + LIGHT[2]) / length - LIGHT[2];
  const [r, g, b] = mixed(color, light > 0 ? WHITE : deep, RELIEF * Math.min(1, Math.abs(light)));
  return `rgb(${r} ${g} ${b})`;
}

function drawGrout(pen: Pen, mosaic: Mosaic, color: string): void {
  const {context, ratio} = pen;
  const count = countOf(mosaic);
  context.strokeStyle = color;
  context.lineWidth = ratio * (count > 1500 ? 0.4 : count > 400 ? 0.6 : 1);
  context.beginPath();
  for (let i = 0; i < count; i++) trace(pen, mosaic, i);
  context.stroke();
}

function drawBoundary(pen: Pen, mosaic: Mosaic, {ink, ground}: {ink: string; ground: string}): void {
  const {context, ratio, x, y} = pen;
  context.beginPath();
  for (let i = 0; i < countOf(mosaic); i++) {
    const [from, to] = zerosOf(mosaic, i);
    if (!from) continue;
    context.moveTo(x(from[0]), y(from[1]));
    context.lineTo(x(to[0]), y(to[1]));
  }
  context.lineCap = 'round';
  for (const [color, width] of [
    [ground, 4.5],
    [ink, 2.2],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = ratio * width;
    context.stroke();
  }
}

function drawRegion(pen: Pen, mosaic: Mosaic, {x, y}: Spot, ink: string): void {
  const found = polygonAt(mosaic, x, y);
  if (found < 0) return;
  const {context, ratio} = pen;
  context.beginPath();
  for (let i = 0; i < countOf(mosaic); i++) {
    if (mosaic.regions[i] === mosaic.regions[found]) trace(pen, mosaic, i);
  }
  context.strokeStyle = ink;
  context.lineWidth = ratio * 2.5;
  context.stroke();
}

function drawPoint({context, ratio, x, y}: Pen, point: PlanePoint, {ink, ground}: {ink: string; ground: string}): void {
  context.beginPath();
  // Smaller in a small picture.
  const radius = Math.min(3.2, Math.max(1.7, context.canvas.width / ratio / 140));
  context.arc(x(point.x), y(point.y), ratio * radius, 0, 2 * Math.PI);
  context.fillStyle = point.label === 1 ? ink : ground;
  context.strokeStyle = point.label === 1 ? ground : ink;
  context.lineWidth = ratio * 0.4 * radius;
  context.fill();
  context.stroke();
}

function drawCross({context, ratio, x, y}: Pen, spot: Spot, {ink, ground}: {ink: string; ground: string}): void {
  const [cx, cy, arm] = [x(spot.x), y(spot.y), ratio * 7];
  context.beginPath();
  context.moveTo(cx - arm, cy);
  context.lineTo(cx + arm, cy);
  context.moveTo(cx, cy - arm);
  context.lineTo(cx, cy + arm);
  for (const [color, width] of [
    [ground, 3.5],
    [ink, 1.5],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = ratio * width;
    context.stroke();
  }
}
