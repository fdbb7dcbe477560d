import {download} from '../download';
import {find} from '../find';
import {FORMATS, onSetting, setting, showOutputs} from '../settings';
import {status} from '../status';
import {Tab} from '../tab';
import type {CurveConfig, Family} from '../worker/curve_config';
import type {CurveReport, NetworkName, Reply} from '../worker/messages';
import {drawBars} from './bars';
import {FitPlot} from './fit_plot';
import {showNumbers} from './numbers';
import {drawnPoints, startPad} from './pad';
import {type Curve, curveOf} from './targets';

/** Settings that make another problem or another network. */
const REBUILD = ['target', 'points', 'noise', 'family', 'depth', 'width', 'stages', 'dense', 'seed'];

export class CurveTab extends Tab {
  private readonly plots = {dense: new FitPlot(find('#plot-dense .plot')), ours: new FitPlot(find('#plot-ours .plot'))};
  private curve: Curve | null = null;
  private config: CurveConfig | null = null;
  private epoch = 0;
  private builds = 0;

  constructor() {
    super('Training both networks …');
    FORMATS.noise = (value) => (Number(value) === 0 ? 'none' : `${Math.round(Number(value) * 100)} %`);
    FORMATS.width = (value) => widthText(setting('family') as Family, Number(value));
    FORMATS.depth = (value) =>
      setting('family') === 'wht' ? `${value} blocks` : `${value}: 2^${value} = ${2 ** Number(value)}`;
    startPad(find('#pad'));
    showOutputs();
    onSetting((name) => {
      if (REBUILD.includes(name)) void this.rebuild();
    });
    find('#download').addEventListener('click', () => this.save('layers'));
    find('#download-onnx').addEventListener('click', () => this.save('onnx'));
    find('#download-notebook').addEventListener('click', () => void this.saveNotebook());
  }

  protected async rebuild(): Promise<void> {
    const family = setting('family') as Family;
    find('#pad-box').hidden = setting('target') !== 'draw';
    find<HTMLInputElement>('#width').disabled = family === 'wave';
    find<HTMLFieldSetElement>('#stages').disabled = family === 'wht';
    const build = ++this.builds;
    const seed = Number(setting('seed')) || 1;
    const curve = await curveOf(setting('target'), drawnPoints(), Number(setting('noise')), seed);
    if (build !== this.builds) return; // another change came meanwhile
    const {x, y, truth, convex} = curve;
    const width = Number(find<HTMLInputElement>('#width').value);
    const shape = {family, depth: Number(setting('depth')), width, denseLayers: Number(setting('dense'))};
    const twoStages = setting('stages') === 'free';
    this.curve = curve;
    this.epoch = 0;
    this.config = {x, y, truth, convex, ...shape, twoStages, seed};
    this.begin({type: 'curve', config: this.config});
  }

  protected show(reply: Reply): void {
    if (reply.type === 'ready') {
      const epoch = find('#epoch');
      epoch.textContent = '0';
      epoch.dataset.backend = reply.backend; // whose reports come from here on
      status(`Ready on ${reply.backend}.`);
    } else if (reply.type === 'curve') this.showReport(reply.report);
    else if (reply.type === 'saved') download(reply.files);
  }

  private showReport({epoch, stage, networks}: CurveReport): void {
    const {curve} = this;
    if (curve === null || networks.ours.prediction.length !== curve.x.length) return;
    const {dense, ours} = networks;
    const limit = niceLimit(Math.max(dense.maxError, ours.maxError));
    for (const name of ['dense', 'ours'] as const) {
      const report = networks[name];
      this.plots[name].draw(curve, report, limit);
      find(`#plot-${name} h2`).textContent = report.name;
      const parameters = `from ${report.parameters.toLocaleString('en')} parameters`;
      find(`#plot-${name} .headline`).innerHTML = `<b>${report.regions}</b> linear regions ${parameters}`;
    }
    showNumbers(find<HTMLTableSectionElement>('#numbers'), dense, ours);
    drawBars(find('#bars'), ours.bars);
    this.epoch = epoch;
    find('#epoch').textContent = epoch.toLocaleString('en');
    if (epoch > 0) this.progress(stage === 'free' ? 'Training; all weights of ours are free now.' : this.doing);
  }

  private save(format: 'layers' | 'onnx'): void {
    this.send({type: 'save', network: find<HTMLSelectElement>('#which').value as NetworkName, format});
  }

  private async saveNotebook(): Promise<void> {
    const {config, curve, epoch} = this;
    if (config === null || curve === null) return;
    const {notebookOf} = await import('./notebook');
    const text = JSON.stringify(
      notebookOf(config, {title: curve.title, epochs: epoch, address: location.href}),
      null,
      1,
    );
    download([{name: 'playground.ipynb', bytes: new TextEncoder().encode(`${text}\n`)}]);
  }
}

function widthText(family: Family, width: number): string {
  if (family === 'wave') return '1';
  return family === 'region' ? `${width} waves` : `${2 ** (width + 1)} units`;
}

/** 1, 2 or 5 times a power of ten. */
function niceLimit(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1e-9)));
  return power * ([1, 2, 5].find((step) => step * power >= most) ?? 10);
}
