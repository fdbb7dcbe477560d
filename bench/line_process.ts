import {type ChildProcessWithoutNullStreams, type SpawnOptionsWithoutStdio, spawn} from 'node:child_process';
import readline from 'node:readline';

/** A process that answers each line of JSON on its standard input by one on its standard output, and says one at its start. */
export class LineProcess<Greeting> {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly answers: AsyncIterator<string>,
    private readonly complaint: () => Promise<string>,
    readonly greeting: Greeting,
  ) {}

  /** Throws its last complaint if it ends before it has greeted. */
  static async start<G>(command: string, args: string[], options?: SpawnOptionsWithoutStdio): Promise<LineProcess<G>> {
    const child = spawn(command, args, options);
    let complaints = '';
    child.stderr.on('data', (text) => {
      complaints += text;
    });
    // Its outputs end in any order.
    const complained = new Promise((resolve) => child.stderr.once('close', resolve));
    const complaint = async () => {
      await complained;
      return complaints.trim().split('\n').at(-1) || `${command} ended`;
    };
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    failed.catch(() => {}); // it is raced below
    const answers = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
    const {value, done} = await Promise.race([answers.next(), failed]);
    if (done) throw new Error(await complaint());
    return new LineProcess(child, answers, complaint, JSON.parse(value));
  }

  async ask<Answer>(request: object): Promise<Answer> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const {value, done} = await this.answers.next();
    if (done) throw new Error(await this.complaint());
    return JSON.parse(value);
  }

  /** Ends it, by the end of its standard input. */
  stop(): void {
    this.child.stdin.end();
  }
}
