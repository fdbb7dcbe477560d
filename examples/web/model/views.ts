/** What was found of a model, as elements. */

import {find} from '../find';
import {percent} from '../images/pareto';
import {judgementView} from '../judgement';
import type {Finding, LayerRow, OpenedModel, Picture} from '../worker/messages';

export function showOpened(model: OpenedModel): void {
  const {judgement} = model;
  const list = document.createElement('dl');
  const rows = {
    model: model.name,
    weights: model.parameters.toLocaleString('en'),
    layers: model.layers,
    ...(typeof judgement !== 'string' && {'accuracy here': percent(judgement.accuracy)}),
    ...(model.claimedAccuracy !== null && {'accuracy in the file': percent(model.claimedAccuracy)}),
  };
  for (const [term, value] of Object.entries(rows)) {
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    [dt.textContent, dd.textContent] = [term, value];
    list.append(dt, dd);
  }
  if (typeof judgement === 'string') show('#opened', list, paragraph(judgement, 'hint'));
  else show('#opened', list, ...judgementView(judgement));
  find('#opened').dataset.opened = model.name;
  if (typeof judgement !== 'string') find('#opened').dataset.accuracy = String(judgement.accuracy);
  for (const [part, title] of Object.entries(TITLES)) show(`#model-${part}`, heading(title), paragraph('…'));
}

const TITLES = {report: 'What each layer costs', network: 'The network', regions: 'Linear regions'};

export function showFinding(finding: Finding): void {
  const {part} = finding;
  const view = finding.part === 'report' ? reportView(finding.content) : pictureView(finding.content);
  show(`#model-${part}`, heading(TITLES[part]), ...view);
  // For whoever waits for the last one.
  if (part === 'regions') find('#opened').dataset.complete = 'true';
}

export function showReading(): void {
  show('#opened', paragraph('Reading …'));
}

export function showRefusal(message: string): void {
  show('#opened', paragraph(message, 'bad'));
  for (const place of ['#model-report', '#model-network', '#model-regions']) show(place);
}

function reportView(report: LayerRow[] | string): HTMLElement[] {
  if (typeof report === 'string') return [paragraph(report, 'hint')];
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const name of ['layer', 'weights', 'breakpoints', 'multiply-adds']) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const {layer, parameters, breakpoints, multiplyAdds} of report) {
    const row = body.insertRow();
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = layer;
    row.append(name);
    for (const value of [parameters, breakpoints, multiplyAdds]) {
      row.insertCell().textContent = value === null ? '–' : value.toLocaleString('en');
    }
  }
  const scroller = document.createElement('div');
  scroller.className = 'scroller';
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'region');
  scroller.setAttribute('aria-label', 'Costs of the layers');
  scroller.append(table);
  return [scroller];
}

function pictureView(picture: Picture | string): HTMLElement[] {
  if (typeof picture === 'string') return [paragraph(picture, 'hint')];
  const figure = document.createElement('div');
  figure.className = 'picture';
  figure.innerHTML = picture.svg; // made by pw.plot, which escapes all text
  return [figure, paragraph(picture.caption, 'hint')];
}

function heading(text: string): HTMLElement {
  const element = document.createElement('h2');
  element.textContent = text;
  return element;
}

function paragraph(text: string, name = ''): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  element.className = name;
  return element;
}

function show(place: string, ...content: HTMLElement[]): void {
  const element = find(place);
  delete element.dataset.accuracy;
  delete element.dataset.opened;
  delete element.dataset.complete;
  element.replaceChildren(...content);
}
