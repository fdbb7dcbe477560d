import {find} from '../find';
import type {CurveConfig, Family} from '../networks/curve_config';
import {showNumbers} from '../numbers_table';
import {LossPlot} from '../plot/loss_plot';
import {textsOf} from '../program';
import {FORMATS, onSetting, setting, showOutputs} from '../settings';
import {status} from '../status';
import {Tab, type Texts} from '../tab';
import type {CurveReport, Reply} from '../worker/messages';
import {drawBars} from './bars';
import {FitPlot} from './fit_plot';
import {LINES} from './numbers';
import {drawnPoints, startPad} from './pad';
import {type Curve, curveOf} from './targets';
import {verdictOf} from './verdict';

/** Settings that make another problem or another network. */
const REBUILD = ['target', 'points', 'noise', 'family', 'depth', 'width', 'stages', 'units', 'seed'];

export class CurveTab extends Tab {
  private readonly plots = {dense: new FitPlot(find('#plot-dense .plot')), ours: new FitPlot(find('#plot-ours .plot'))};
  private readonly losses = new LossPlot(find('#loss'), 'mean squared error');
  private curve: Curve | null = null;
  private config: CurveConfig | null = null;
  private report: CurveReport | null = null;
  private builds = 0;

  constructor() {
    super('Training both networks …');
    FORMATS.noise = (value) => (Number(value) === 0 ? 'none' : `${Math.round(Number(value) * 100)} %`);
    FORMATS.width = (value) => widthText(setting('family') as Family, Number(value));
    FORMATS.depth = (value) =>
      setting('family') === 'wht' ? `${value} blocks` : `${value}: ${2 ** Number(value)} pieces`;
    FORMATS.units = (value) => (value === '0' ? 'equal weights' : value);
    startPad(find('#pad'));
    showOutputs();
    onSetting((name) => {
      if (setting('tab') === 'curve' && REBUILD.includes(name)) void this.rebuild();
    });
    addEventListener('resize', () => this.draw());
  }

  async texts(): Promise<Texts | null> {
    const {config, curve, report} = this;
    if (config === null || curve === null || report === null) return null;
    const {curveProgram} = await import('./program');
    const {epoch, networks} = report;
    const parts = curveProgram(config, {title: curve.title, epochs: epoch, fits: networks});
    const title = `Fits ${curve.title} by two networks, as the playground does`;
    return textsOf(parts, {title, name: 'curve.mjs', address: location.href});
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
    const shape = {family, depth: Number(setting('depth')), width, units: Number(setting('units'))};
    // A disabled control has no value.
    const twoStages = setting('stages') === 'free';
    this.curve = curve;
    this.report = null;
    this.draw(); // the curve is there before the first epoch
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
  }

  private showReport(report: CurveReport): void {
    const {curve} = this;
    const {epoch, stage, done, networks} = report;
    if (curve === null || networks.ours.prediction.length !== curve.x.length) return; // of the curve before
    this.report = report;
    const {dense, ours} = networks;
    this.draw();
    for (const name of ['dense', 'ours'] as const) {
      const {name: title, regions, parameters} = networks[name];
      find(`#plot-${name} h2`).textContent = title;
      find(`#plot-${name} .headline`).innerHTML =
        `<b>${regions}</b> piece${regions === 1 ? '' : 's'} from ${parameters.toLocaleString('en')} weights`;
    }
    showNumbers(find('#numbers'), LINES, dense, ours);
    find('#verdict').textContent = epoch < 20 ? '' : verdictOf(dense, ours);
    this.losses.add(epoch, {dense: dense.meanSquaredError, ours: ours.meanSquaredError});
    drawBars(find('#bars'), ours.bars);
    find('#epoch').textContent = epoch.toLocaleString('en');
    if (done) status('Trained to the end. Restart trains anew, another seed gives another run.');
    else if (epoch > 0) this.progress(stage === 'free' ? 'Training; all weights of ours are free now.' : this.doing);
  }

  private draw(): void {
    const {curve, report} = this;
    if (curve === null || setting('tab') !== 'curve') return;
    const networks = report?.networks;
    const limit = networks ? niceLimit(Math.max(networks.dense.maxError, networks.ours.maxError)) : 1;
    for (const name of ['dense', 'ours'] as const) this.plots[name].draw(curve, networks?.[name] ?? null, limit);
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
