import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import type {TorchNetwork} from './networks';
import type {What} from './results';

/** A process of Python that runs networks in PyTorch, one request at a time. */
export class PyTorch {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly answers: AsyncIterator<string>,
    readonly version: string,
  ) {}

  /** Throws if this Python has no PyTorch. */
  static async start(python: string): Promise<PyTorch> {
    const child = spawn(python, [path.join(__dirname, 'pytorch.py')]);
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    const ended = new Promise<never>((_, reject) => child.once('error', reject));
    ended.catch(() => {}); // it is raced below
    const answers = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
    const {value, done} = await Promise.race([answers.next(), ended]);
    if (done) throw new Error(complaint.trim().split('\n').at(-1) ?? `${python} ended`);
    const {version, threads} = JSON.parse(value);
    return new PyTorch(child, answers, `${version}, ${threads} threads`);
  }

  /** Mean milliseconds of some runs. */
  async time(network: TorchNetwork, batch: number, what: What, runs: number): Promise<number> {
    this.child.stdin.write(`${JSON.stringify({network, batch, what, runs})}\n`);
    const {value, done} = await this.answers.next();
    if (done) throw new Error('PyTorch has ended');
    return JSON.parse(value);
  }

  stop(): void {
    this.child.stdin.end();
  }
}
