import type {Spot} from './mosaic_view';

export interface SpotListener {
  /** null: nowhere any more. */
  move(spot: Spot | null): void;
  choose(spot: Spot): void;
}

/** A step of an arrow key. */
const STEP = 0.04;

/** The place that somebody points at, by pointer or by keys, in a square from -1 to 1. */
export function watchSpot(canvas: HTMLCanvasElement, {move, choose}: SpotListener): void {
  let spot: Spot | null = null;
  const go = (next: Spot | null) => {
    spot = next;
    move(spot);
  };
  const placeOf = ({clientX, clientY}: PointerEvent): Spot => {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    return {x: (2 * (clientX - left)) / width - 1, y: 1 - (2 * (clientY - top)) / height};
  };
  canvas.addEventListener('pointermove', (event) => go(placeOf(event)));
  canvas.addEventListener('pointerdown', (event) => go(placeOf(event)));
  canvas.addEventListener('pointerleave', ({pointerType}) => {
    if (pointerType === 'mouse') go(null);
  });
  canvas.addEventListener('click', (event) => choose(placeOf(event as PointerEvent)));
  canvas.addEventListener('blur', () => go(null));
  canvas.addEventListener('keydown', (event) => {
    const [dx, dy] = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key] ?? [0, 0];
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (dx === 0 && dy === 0 && !isChoice) return;
    event.preventDefault();
    const {x, y} = spot ?? {x: 0, y: 0};
    const clamp = (value: number) => Math.min(1, Math.max(-1, value));
    go({x: clamp(x + STEP * dx), y: clamp(y + STEP * dy)});
    if (isChoice && spot) choose(spot);
  });
}
