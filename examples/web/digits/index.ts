import {onSetting, setting} from '../settings';
import {status} from '../status';
import {Trainer} from '../trainer';
import type {BackendName, Candidate, DigitsReport, Reply} from '../worker/messages';
import {judgementView} from './judgement';
import {showOpened, showRefusal, startOpener} from './opener';
import {drawPareto} from './pareto';

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!;

export class DigitsTab {
  private readonly trainer = new Trainer((reply) => this.onReply(reply));
  private readonly select = find<HTMLSelectElement>('#candidate');
  private candidates: Candidate[] = [];
  private running = true;
  private judged = -1;

  constructor() {
    startOpener((request) => this.trainer.send(request));
    this.select.addEventListener('change', () => this.judge());
    onSetting((name) => {
      if (setting('tab') === 'digits' && (name === 'epochs' || name === 'seed')) this.rebuild();
    });
  }

  start(backend: BackendName): void {
    this.trainer.use(backend);
    this.rebuild();
  }

  run(running: boolean): void {
    this.running = running;
    this.trainer.send({type: 'run', running});
    status(running ? 'Training ten networks, an epoch of each in turn …' : 'Paused.');
  }

  stop(): void {
    this.trainer.send({type: 'run', running: false});
  }

  private rebuild(): void {
    this.judged = -1;
    const config = {epochs: Number(setting('epochs')), seed: Number(setting('seed')) || 1};
    this.trainer.send({type: 'digits', config});
    this.trainer.send({type: 'run', running: this.running});
  }

  private onReply(reply: Reply): void {
    if (reply.type === 'digits') this.show(reply.report);
    else if (reply.type === 'judged') find('#judgement').replaceChildren(...judgementView(reply.judgement));
    else if (reply.type === 'opened') showOpened(reply.model);
    else if (reply.type === 'refused') showRefusal(reply.message);
    else if (reply.type === 'failed') status(`${reply.message} Press Reset, or choose another backend.`, true);
  }

  private show({candidates, done}: DigitsReport): void {
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
    this.trainer.send({type: 'judge', index: Number(this.select.value)});
  }
}
