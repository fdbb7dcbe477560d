import {type Range, scale, shortNumber, ticks} from './scale';
import {element, label, rounded} from './svg';

/** Where a picture draws, in pixels. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A horizontal axis below the frame, with ticks at round numbers. */
export function horizontalAxis(frame: Frame, domain: Range, name: string): string {
  const {left, right, bottom} = frame;
  const at = scale(domain, [left, right]);
  const marks = ticks(domain, 6).map(
    (tick) =>
      element('path', {d: `M${rounded(at(tick))} ${bottom}v5`, stroke: '#555'}) +
      label(at(tick), bottom + 19, shortNumber(tick, 12), {'text-anchor': 'middle'}),
  );
  const line = element('path', {d: `M${left} ${bottom}H${right}`, stroke: '#555'});
  return line + marks.join('') + label((left + right) / 2, bottom + 38, name, {'text-anchor': 'middle'});
}

/** A vertical axis left of the frame, its name above it. */
export function verticalAxis(frame: Frame, domain: Range, name: string): string {
  const {left, top, bottom} = frame;
  const at = scale(domain, [bottom, top]);
  const marks = ticks(domain, 5).map(
    (tick) =>
      element('path', {d: `M${left} ${rounded(at(tick))}h-5`, stroke: '#555'}) +
      label(left - 9, at(tick) + 4, shortNumber(tick, 12), {'text-anchor': 'end'}),
  );
  const line = element('path', {d: `M${left} ${top}V${bottom}`, stroke: '#555'});
  return line + marks.join('') + label(left - 36, top - 12, name);
}
