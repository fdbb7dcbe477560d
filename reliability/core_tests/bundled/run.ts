/** After tfjs-core's specs were read: runs them, and writes what became of each to a file. */

import {writeFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs';

/** What the program leaves. */
export interface Results {
  /** Whether the kernels of this package were there. */
  hasPackage: boolean;
  specs: [name: string, status: string, message: string][];
}

interface SpecResult {
  fullName: string;
  status: string;
  failedExpectations: {message: string}[];
}

declare const BACKEND: string;
declare const jasmine: {
  getEnv(): {
    configure(options: {random: boolean; specFilter(spec: {getFullName(): string}): boolean}): void;
    addReporter(reporter: {specDone(result: SpecResult): void}): void;
    execute(): Promise<unknown>;
  };
};

const [file, only = ''] = process.argv.slice(2);
const specs: Results['specs'] = [];
const hasPackage = tf.getKernel('WalshHadamard', BACKEND) != null;
const environment = jasmine.getEnv();
environment.configure({random: false, specFilter: (spec) => spec.getFullName().includes(only)});
environment.addReporter({
  specDone({fullName, status, failedExpectations}) {
    if (status !== 'excluded') specs.push([fullName, status, failedExpectations[0]?.message ?? '']);
  },
});
// tfjs says much on purpose.
for (const method of ['warn', 'log', 'error'] as const) console[method] = () => {};
environment.execute().then(() => {
  writeFileSync(file, JSON.stringify({hasPackage, specs} satisfies Results));
  process.exit();
});
