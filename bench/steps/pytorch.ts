import path from 'node:path';
import {LineProcess} from '../line_process';
import type {TorchNetwork} from './networks';
import type {What} from './results';

/** A process of Python that runs networks in PyTorch, one request at a time. */
export class PyTorch {
  private constructor(private readonly process: LineProcess<{version: string; threads: number}>) {}

  /** Throws if this Python has no PyTorch. */
  static async start(python: string): Promise<PyTorch> {
    return new PyTorch(await LineProcess.start(python, [path.join(__dirname, 'pytorch.py')]));
  }

  get version(): string {
    const {version, threads} = this.process.greeting;
    return `${version}, ${threads} threads`;
  }

  /** Mean milliseconds of some runs. */
  time(network: TorchNetwork, batch: number, what: What, runs: number): Promise<number> {
    return this.process.ask({network, batch, what, runs});
  }

  stop(): void {
    this.process.stop();
  }
}
