import type * as tf from '@tensorflow/tfjs';
import type {PiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import {leavesOf} from '../../model_graph';
import {count} from '../scale';
import type {Sheet} from '../sheet';
import {widthOf} from '../text';
import type {Layout} from './layout';

/** At the left: what each row is, and between two rows the layers that only mix. */
export function sideTexts(sheet: Sheet, model: tf.LayersModel, {nodes}: PiecewiseLinear, {rows, side}: Layout): string {
  const weights = new Map(leavesOf(model).map((layer) => [layer.name, layer.countParams()]));
  const functions = new Set(rows.map(({row}) => row.layer));
  const width = side;
  const right = sheet.left + side;
  const pair = (middle: number, name: string, detail: string, isRow: boolean) =>
    sheet.text(right, middle - 3, name, {anchor: 'end', bold: isRow, role: isRow ? 'ink' : 'quiet', size: 12, width}) +
    sheet.text(right, middle + 12, detail, {anchor: 'end', role: 'quiet', size: 11, width});
  const texts = rows.map(({row, top, bottom}) => {
    const middle = (top + bottom) / 2;
    if (row.kind !== 'functions') {
      const name = row.kind === 'inputs' ? 'input' : 'output';
      return sheet.text(
        right,
        middle + 4,
        row.units === 1 ? `1 ${name}` : `${row.units.toLocaleString('en')} ${name}s`,
        {
          anchor: 'end',
          bold: true,
          width,
        },
      );
    }
    const own = weights.get(row.layer) ?? 0;
    const whole = `${count(row.units, 'unit')}, ${count(own, 'weight')}`;
    const detail = widthOf(whole, 11) <= width ? whole : count(row.units, 'unit');
    return pair(middle, row.layer, detail, true);
  });
  const between = rows.slice(1).map((next, i) => {
    const before = rows[i].row.value;
    const last = next.row.kind === 'outputs' ? nodes.length : next.row.value;
    const names = nodes
      .slice(before, last)
      .map(({layer}) => layer)
      .filter((layer, k, all) => weights.has(layer) && !functions.has(layer) && all.indexOf(layer) === k);
    if (names.length === 0) return '';
    const total = names.reduce((sum, name) => sum + weights.get(name)!, 0);
    return pair((rows[i].bottom + next.top) / 2, names.join(', '), count(total, 'weight'), false);
  });
  return [...texts, ...between].join('');
}
