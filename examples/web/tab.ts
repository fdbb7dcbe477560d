import {setting} from './settings';
import {status} from './status';
import {Trainer} from './trainer';
import type {BackendName, Format, NetworkName, Purpose, Reply, Request, SavedFile, Speed} from './worker/messages';

/** What can be taken from a tab as text. */
export interface Texts {
  /** A program for Node. */
  code: string;
  /** The file for it. */
  name: string;
  notebook: string;
}

/** A tab that trains in a worker of its own. */
export abstract class Tab {
  private readonly trainer = new Trainer((reply) => this.onReply(reply));
  private running = true;
  private onSaved: ((files: readonly SavedFile[], purpose: Purpose) => void) | null = null;

  /** `doing`: what the status says while it trains. */
  constructor(protected readonly doing: string) {}

  start(backend: BackendName): void {
    this.trainer.use(backend);
    void this.rebuild();
  }

  run(running: boolean): void {
    this.running = running;
    this.sendRun();
    status(running ? this.doing : 'Paused.');
  }

  step(): void {
    this.send({type: 'step'});
  }

  stop(): void {
    this.send({type: 'run', running: false, speed: 'normal'});
  }

  /** Asks for the files of a network, which `then` gets. */
  save(network: NetworkName, format: Format, purpose: Purpose, then: NonNullable<typeof this.onSaved>): void {
    this.onSaved = then;
    this.send({type: 'save', network, format, purpose});
  }

  /** Files from another tab, for the one that looks into models. */
  take(_files: File[]): void {}

  /** null as long as there is nothing to show. */
  abstract texts(): Promise<Texts | null>;

  /** What to do about that. */
  readonly nothingYet: string = 'There is nothing to take yet: wait for the first epoch.';

  protected send(request: Request): void {
    this.trainer.send(request);
  }

  /** Another job for the worker, which goes on with it unless it is paused. */
  protected begin(job: Request): void {
    this.send(job);
    this.sendRun();
  }

  /** Says that it trains, if it does. */
  protected progress(message = this.doing): void {
    if (this.running) status(message);
  }

  protected abstract rebuild(): void | Promise<void>;

  /** Shows what the worker says. */
  protected abstract show(reply: Reply): void;

  private sendRun(): void {
    this.send({type: 'run', running: this.running, speed: setting('speed') as Speed});
  }

  private onReply(reply: Reply): void {
    if (reply.type === 'failed') status(`${reply.message} Press Restart, or choose another backend.`, true);
    else if (reply.type === 'saved') this.onSaved?.(reply.files, reply.purpose);
    else this.show(reply);
  }
}
