import {spawn} from 'node:child_process';

/**
 * Runs a program with bytes as its standard input; what it writes.
 *
 * @throws If it cannot be started, or fails: with the last lines of what it complained.
 */
export function runProgram(command: string, args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  return new Promise((done, refuse) => {
    const child = spawn(command, args, {stdio: 'pipe', env: process.env});
    const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part) => output.push(part));
    child.stderr.on('data', (part) => complaints.push(part));
    child.stdin.on('error', () => {}); // one that ends early has its own say
    child.once('error', refuse);
    child.once('close', (code) => {
      if (code === 0) return done(Buffer.concat(output));
      const text = Buffer.concat(complaints).toString('utf8').trim().split('\n').slice(-8).join('\n');
      refuse(new Error(`export: ${command} ended with ${code}: ${text}`));
    });
    child.stdin.end(input);
  });
}

export const bytesOf = ({buffer, byteOffset, byteLength}: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function floatsOf({buffer, byteOffset, length}: Buffer): Float32Array {
  return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
}
