import type {LinearRegions} from '../../analysis';
import {type Frame, horizontalAxis} from './axes';
import {ACCENT} from './color';
import {scale} from './scale';
import {element, figure, label, rounded} from './svg';

const ROW = 34;

/**
 * Where the output of a model bends along segments: SVG text, a row for each segment and a line for each breakpoint.
 *
 * @example
 * const svg = breakpointsPlot([await pw.analysis.countLinearRegions(model, {from: [-1], to: [1]})]);
 */
export function breakpointsPlot(segments: readonly LinearRegions[]): string {
  const frame: Frame = {left: 56, right: 616, top: 90, bottom: 90 + ROW * segments.length};
  const at = scale([0, 1], [frame.left, frame.right]);
  const rows = segments.map(({breakpoints, regions}, i) => {
    const top = frame.top + i * ROW;
    const lines = breakpoints.map((t) => `M${rounded(at(t))} ${top + 4}v${ROW - 8}`);
    // Lines that stay thin where they are many, or a row would be one block.
    const width = breakpoints.length > 140 ? 0.4 : 1.2;
    return [
      element('rect', {x: frame.left, y: top + 4, width: frame.right - frame.left, height: ROW - 8, fill: '#f1f3f5'}),
      lines.length > 0 ? element('path', {d: lines.join(''), stroke: ACCENT, 'stroke-width': width}) : '',
      label(frame.left - 10, top + ROW / 2 + 4, String(i + 1), {'text-anchor': 'end'}),
      label(frame.right + 12, top + ROW / 2 + 4, `${regions.toLocaleString('en')} region${regions === 1 ? '' : 's'}`),
    ].join('');
  });
  const most = Math.max(...segments.map(({regions}) => regions));
  const title = `Breakpoints along ${segments.length} segment${segments.length === 1 ? '' : 's'}`;
  const description = [`A line is a place where the output of the model bends; at most ${most} linear regions.`];
  const axis = horizontalAxis(frame, [0, 1], 'share of the way along the segment');
  return figure(frame.bottom + 56, {title, description}, ...rows, axis);
}
