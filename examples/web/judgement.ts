import {percent} from './images/pareto';
import type {Judgement} from './worker/messages';

/** Some images with what the model takes them for, and all of them as a table of truth against guess. */
export function judgementView({accuracy, confusion, samples, dataset}: Judgement): HTMLElement[] {
  const headline = document.createElement('p');
  const count = confusion.flat().reduce((sum, n) => sum + n, 0);
  headline.innerHTML = `<b>${percent(accuracy)}</b> of ${count.toLocaleString('en')} test images`;
  headline.append(` of ${dataset}`);
  const list = document.createElement('ul');
  list.className = 'samples';
  list.append(...samples.map(sampleView));
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Confusion: rows are the truth, columns the guess';
  details.append(summary, confusionTable(confusion));
  return [headline, list, details];
}

function sampleView({pixels, height, width, truth, guess}: Judgement['samples'][number]): HTMLElement {
  const item = document.createElement('li');
  item.classList.toggle('wrong', truth !== guess);
  const canvas = document.createElement('canvas');
  [canvas.height, canvas.width] = [height, width];
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', truth === guess ? `a ${truth}, recognized` : `a ${truth}, taken for ${guess}`);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  const least = pixels.reduce((a, b) => Math.min(a, b), Infinity);
  const most = pixels.reduce((a, b) => Math.max(a, b), -Infinity);
  pixels.forEach((value, i) => {
    const grey = 255 - (255 * (value - least)) / (most - least || 1);
    image.data.set([grey, grey, grey, 255], 4 * i);
  });
  context.putImageData(image, 0, 0);
  item.append(canvas, truth === guess ? String(guess) : `${truth} → ${guess}`);
  return item;
}

function confusionTable(confusion: number[][]): HTMLTableElement {
  const table = document.createElement('table');
  table.className = 'confusion';
  const head = table.createTHead().insertRow();
  head.append(document.createElement('td'), ...confusion.map((_, label) => header(label, 'col')));
  const body = table.createTBody();
  confusion.forEach((row, truth) => {
    const line = body.insertRow();
    line.append(header(truth, 'row'));
    const total = row.reduce((sum, n) => sum + n, 0);
    row.forEach((n, guess) => {
      const cell = line.insertCell();
      cell.textContent = n === 0 ? '·' : String(n);
      cell.style.setProperty('--tint', truth === guess ? 'var(--ours)' : 'var(--bad)');
      cell.style.setProperty('--share', String(Math.round((40 * n) / Math.max(1, total))));
    });
  });
  return table;
}

function header(label: number, scope: 'row' | 'col'): HTMLTableCellElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = String(label);
  return cell;
}
