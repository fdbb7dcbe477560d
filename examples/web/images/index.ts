import {find} from '../find';
import {judgementView} from '../judgement';
import {type DigitsConfig, digitsPlans} from '../networks/digits';
import {textsOf} from '../program';
import {onSetting, readSetting, setting} from '../settings';
import {status} from '../status';
import {Tab, type Texts} from '../tab';
import type {Candidate, DigitsReport, Reply} from '../worker/messages';
import {drawPareto} from './pareto';
import {drawRecorded, recordedSetting, recordedVerdicts} from './recorded';
import {digitsVerdict} from './verdict';

export class ImagesTab extends Tab {
  private readonly select = find<HTMLSelectElement>('#candidate');
  private candidates: Candidate[] = [];
  private judged = -1;

  constructor() {
    super('Training ten networks, an epoch of each in turn …');
    const names = digitsPlans(1).map(({name}, i) => new Option(name, String(i)));
    this.select.replaceChildren(...names);
    this.select.value = '4';
    readSetting('candidate');
    onSetting((name) => {
      if (setting('tab') !== 'images') return;
      if (name === 'epochs' || name === 'seed') this.rebuild();
      if (name === 'candidate') this.judge();
    });
    drawRecorded(find('#recorded'));
    find('#recorded-setting').textContent = `${recordedSetting}.`;
    find('#recorded-verdict').textContent = recordedVerdicts.join(' ');
  }

  async texts(): Promise<Texts | null> {
    if (this.candidates.length === 0) return null;
    const {digitsProgram} = await import('./program');
    const parts = await digitsProgram(this.config, this.candidates, Number(setting('candidate')));
    return textsOf(parts, {
      title: 'Learns to read digits, as the playground does',
      name: 'digits.mjs',
      address: location.href,
    });
  }

  private get config(): DigitsConfig {
    return {epochs: Number(setting('epochs')), seed: Number(setting('seed')) || 1};
  }

  protected rebuild(): void {
    this.judged = -1;
    find('#digits-verdict').textContent = '';
    this.begin({type: 'digits', config: this.config, chosen: Number(setting('candidate'))});
  }

  protected show(reply: Reply): void {
    if (reply.type === 'digits') this.showReport(reply.report);
    else if (reply.type === 'judged') find('#judgement').replaceChildren(...judgementView(reply.judgement));
  }

  private showReport({candidates, done}: DigitsReport): void {
    this.candidates = candidates;
    candidates.forEach(({name, parameters}, i) => {
      this.select.options[i].text = `${name}, ${parameters.toLocaleString('en')} weights`;
    });
    drawPareto(find('#pareto'), candidates, Number(this.select.value));
    this.showProgress(done);
    // Once for each round over all networks is enough to look at.
    const epoch = candidates[candidates.length - 1].epoch;
    if (epoch > 0 && epoch !== this.judged) {
      this.judged = epoch;
      this.judge();
    }
    if (!done) return;
    find('#digits-verdict').textContent = digitsVerdict(candidates);
    status('All networks are trained. Another seed gives another run.');
  }

  private showProgress(done: boolean): void {
    const {candidates} = this;
    const epochs = Number(setting('epochs'));
    const trained = candidates.reduce((sum, {epoch}) => sum + epoch, 0);
    find<HTMLProgressElement>('#progress').value = trained / (epochs * candidates.length);
    const turn = candidates.findIndex(({epoch}) => epoch < candidates[0].epoch);
    const network = turn < 0 ? 1 : turn + 1;
    const epoch = Math.min(epochs, (candidates[candidates.length - 1]?.epoch ?? 0) + 1);
    find('#progress-text').textContent = done
      ? `Done: ${candidates.length} networks, ${epochs} epochs each`
      : `Epoch ${epoch} of ${epochs}, network ${network} of ${candidates.length}`;
  }

  private judge(): void {
    drawPareto(find('#pareto'), this.candidates, Number(this.select.value));
    this.send({type: 'judge', index: Number(this.select.value)});
  }
}
