import {find} from '../find';
import type {PlaneConfig} from '../networks/plane_config';
import {showNumbers} from '../numbers_table';
import {LossPlot} from '../plot/loss_plot';
import {textsOf} from '../program';
import {FORMATS, onSetting, setting, showOutputs} from '../settings';
import {notice, status} from '../status';
import {Tab, type Texts} from '../tab';
import {NETWORKS, type PlaneReport, type Reply} from '../worker/messages';
import {affineText} from './affine_text';
import {MosaicView, type Spot} from './mosaic_view';
import {LINES} from './numbers';
import {addPoint, clearPoints, ownPoints} from './own_points';
import {pointsOf} from './sets';
import {watchSpot} from './spot';

const REBUILD = ['set', 'own', 'pnoise', 'pwidth', 'pblocks', 'punits', 'seed'];
const HINT =
  'Thin lines: where a unit bends. Thick line: where the network is undecided. Point at a tile, tap it, or use the arrow keys: ' +
  'the network is one affine function on it.';

export class PlaneTab extends Tab {
  private readonly canvases = {dense: canvas('dense'), ours: canvas('ours')};
  private readonly views = {
    dense: new MosaicView(this.canvases.dense, 'dense'),
    ours: new MosaicView(this.canvases.ours, 'ours'),
  };
  private readonly losses = new LossPlot(find('#plane-loss'), 'loss');
  private config: PlaneConfig | null = null;
  private report: PlaneReport | null = null;
  private spot: Spot | null = null;

  constructor() {
    super('Training both networks …');
    FORMATS.pwidth = (value) => `${2 ** Number(value)} units`;
    FORMATS.punits = (value) => (value === '0' ? 'equal weights' : value);
    FORMATS.pnoise = (value) => (Number(value) === 0 ? 'none' : `${Math.round(Number(value) * 100)} %`);
    showOutputs();
    for (const name of NETWORKS) {
      watchSpot(this.canvases[name], {
        move: (spot) => this.mark(spot),
        choose: (spot) => this.addAt(spot),
      });
    }
    find('#clear').addEventListener('click', clearPoints);
    onSetting((name) => {
      if (setting('tab') === 'plane' && REBUILD.includes(name)) this.rebuild();
    });
    const redraw = () => {
      for (const name of NETWORKS) this.views[name].draw();
    };
    addEventListener('resize', redraw);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    this.mark(null);
  }

  async texts(): Promise<Texts | null> {
    const {config, report} = this;
    if (config === null || report === null) return null;
    const {planeProgram} = await import('./program');
    const parts = planeProgram(config, report.epoch, report.networks);
    const title = 'Tells two kinds of points apart, as the playground does';
    return textsOf(parts, {title, name: 'plane.mjs', address: location.href});
  }

  protected rebuild(): void {
    const isOwn = setting('set') === 'own';
    find('#own-box').hidden = !isOwn;
    find<HTMLInputElement>('#pnoise').disabled = isOwn;
    const seed = Number(setting('seed')) || 1;
    const points = isOwn ? ownPoints() : pointsOf(setting('set'), Number(setting('pnoise')), seed);
    const units = Number(setting('punits'));
    this.report = null;
    this.config = {points, width: 2 ** Number(setting('pwidth')), blocks: Number(setting('pblocks')), units, seed};
    for (const name of NETWORKS) this.views[name].show(null, points);
    if (points.length === 0) notice('Click on one of the pictures to set points of both kinds.');
    this.begin({type: 'plane', config: this.config});
  }

  protected show(reply: Reply): void {
    if (reply.type === 'ready') status(`Ready on ${reply.backend}.`);
    else if (reply.type === 'plane') this.showReport(reply.report);
  }

  private showReport(report: PlaneReport): void {
    const {config} = this;
    if (config === null) return;
    this.report = report;
    const {dense, ours} = report.networks;
    for (const name of NETWORKS) {
      const {name: title, regions, parameters, mosaic, accuracy} = report.networks[name];
      this.views[name].show(mosaic, config.points);
      find(`#mosaic-${name} h2`).textContent = title;
      find(`#mosaic-${name} .headline`).innerHTML =
        `<b>${regions.toLocaleString('en')}</b> linear regions from ${parameters.toLocaleString('en')} weights`;
      const right = `${(100 * accuracy).toFixed(0)} % of the points on the right side`;
      this.canvases[name].setAttribute('aria-label', `${title}: mosaic of ${regions} linear regions, ${right}`);
    }
    showNumbers(find('#plane-numbers'), LINES, dense, ours);
    this.losses.add(report.epoch, {dense: dense.loss, ours: ours.loss});
    find('#plane-epoch').textContent = report.epoch.toLocaleString('en');
    this.showAffine();
    if (config.points.length === 0) return;
    if (report.done) status('Trained to the end. Restart trains anew, another seed gives another run.');
    else if (report.epoch > 0) this.progress();
  }

  private mark(spot: Spot | null): void {
    this.spot = spot;
    for (const name of NETWORKS) this.views[name].mark(spot);
    this.showAffine();
  }

  private showAffine(): void {
    const {spot, report} = this;
    const texts =
      spot && report ? NETWORKS.map((name) => affineText(name, report.networks[name].mosaic, spot)) : [HINT];
    find('#affine').replaceChildren(
      ...texts.map((text, i) => {
        const line = document.createElement('span');
        if (spot) line.className = NETWORKS[i];
        line.textContent = text;
        return line;
      }),
    );
  }

  private addAt({x, y}: Spot): void {
    if (setting('set') !== 'own') return;
    addPoint({x, y, label: setting('kind') === '1' ? 1 : 0});
  }
}

const canvas = (name: string) => find<HTMLCanvasElement>(`#mosaic-${name} canvas`);
