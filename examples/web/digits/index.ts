import {find} from '../find';
import {onSetting, setting} from '../settings';
import {status} from '../status';
import {Tab} from '../tab';
import type {Candidate, DigitsReport, Reply} from '../worker/messages';
import {judgementView} from './judgement';
import {showOpened, showRefusal, startOpener} from './opener';
import {drawPareto} from './pareto';

export class DigitsTab extends Tab {
  private readonly select = find<HTMLSelectElement>('#candidate');
  private candidates: Candidate[] = [];
  private judged = -1;

  constructor() {
    super('Training ten networks, an epoch of each in turn …');
    startOpener((request) => this.send(request));
    this.select.addEventListener('change', () => this.judge());
    onSetting((name) => {
      if (setting('tab') === 'digits' && (name === 'epochs' || name === 'seed')) this.rebuild();
    });
  }

  protected rebuild(): void {
    this.judged = -1;
    const config = {epochs: Number(setting('epochs')), seed: Number(setting('seed')) || 1};
    this.begin({type: 'digits', config});
  }

  protected show(reply: Reply): void {
    if (reply.type === 'digits') this.showReport(reply.report);
    else if (reply.type === 'judged') find('#judgement').replaceChildren(...judgementView(reply.judgement));
    else if (reply.type === 'opened') showOpened(reply.model);
    else if (reply.type === 'refused') showRefusal(reply.message);
  }

  private showReport({candidates, done}: DigitsReport): void {
    this.candidates = candidates;
    if (this.select.options.length === 0) {
      this.select.append(
        ...candidates.map((each, i) => new Option(`${each.name}, ${each.parameters} parameters`, String(i))),
      );
      this.select.value = '4';
    }
    drawPareto(find('#pareto'), candidates, Number(this.select.value));
    // Once for each round over all networks is enough to look at.
    const epoch = candidates[candidates.length - 1].epoch;
    if (epoch > 0 && epoch !== this.judged) {
      this.judged = epoch;
      this.judge();
    }
    if (done) status('All networks are trained. Reset trains them anew, another seed gives another run.');
  }

  private judge(): void {
    drawPareto(find('#pareto'), this.candidates, Number(this.select.value));
    this.send({type: 'judge', index: Number(this.select.value)});
  }
}
