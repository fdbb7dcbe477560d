import {status} from './status';
import {Trainer} from './trainer';
import type {BackendName, Reply, Request} from './worker/messages';

/** A tab that trains in a worker of its own. */
export abstract class Tab {
  private readonly trainer = new Trainer((reply) => this.onReply(reply));
  private running = true;

  /** `doing`: what the status says while it trains. */
  constructor(protected readonly doing: string) {}

  start(backend: BackendName): void {
    this.trainer.use(backend);
    void this.rebuild();
  }

  run(running: boolean): void {
    this.running = running;
    this.send({type: 'run', running});
    status(running ? this.doing : 'Paused.');
  }

  stop(): void {
    this.send({type: 'run', running: false});
  }

  protected send(request: Request): void {
    this.trainer.send(request);
  }

  /** Another job for the worker, which goes on with it unless it is paused. */
  protected begin(job: Request): void {
    this.send(job);
    this.send({type: 'run', running: this.running});
  }

  /** Says that it trains, if it does. */
  protected progress(message = this.doing): void {
    if (this.running) status(message);
  }

  protected abstract rebuild(): void | Promise<void>;

  /** Shows what the worker says. */
  protected abstract show(reply: Reply): void;

  private onReply(reply: Reply): void {
    if (reply.type === 'failed') status(`${reply.message} Press Reset, or choose another backend.`, true);
    else this.show(reply);
  }
}
