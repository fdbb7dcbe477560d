import {status} from './status';
import type {BackendName, Reply, Request} from './worker/messages';

/** The page's side of a worker. */
export class Trainer {
  private worker: Worker | null = null;
  private backend: BackendName | null = null;

  constructor(private readonly onReply: (reply: Reply) => void) {}

  /** A fresh worker for each backend: a GPU that was lost, or a model that ate all memory, goes with the old one. */
  use(backend: BackendName): void {
    if (this.worker && this.backend === backend) return;
    this.worker?.terminate();
    this.backend = backend;
    const worker = new Worker(new URL('./worker/index.ts', import.meta.url), {type: 'module'});
    worker.addEventListener('message', ({data}: MessageEvent<Reply>) => {
      if (worker === this.worker) this.onReply(data);
    });
    worker.addEventListener('error', ({message}) => {
      this.stop();
      status(`The worker stopped: ${message || 'it could not be loaded'}. Press Reset to start it again.`, true);
    });
    this.worker = worker;
    this.send({type: 'backend', name: backend});
  }

  send(request: Request): void {
    this.worker?.postMessage(request);
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }
}
