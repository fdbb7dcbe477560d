/** Reproduces the experiments of Milkert, Hyde and Laine beside the paper's numbers. See --help. */

import {join} from 'node:path';
import {startBackend} from '../../node/backend';
import {replaceFile} from '../../node/files';
import {createProgress} from '../../node/progress';
import {fitChart} from './charts';
import {HELP, parseOptions} from './options';
import {plansOf, type Section} from './parts';
import type {Fit} from './table';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const plans = plansOf(options);
  const backend = await startBackend(options.backend);
  const began = Date.now();
  const progress = createProgress(plans.reduce((sum, {steps}) => sum + steps, 0));
  let done = 0;
  const sections: Section[] = [];
  try {
    for (const {title, run} of plans) {
      sections.push(await run(() => progress.update(++done, {label: title})));
    }
  } finally {
    progress.stop();
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const command = ['npm run reproduce -- linear-regions --', ...process.argv.slice(2)].join(' ');
  const text = [
    '# Linear regions: Milkert, Hyde and Laine, ICML 2025, beside this library',
    `\`${command}\`, backend ${backend}, ${seconds} s.`,
    ...sections.flatMap(({title, notes, tables}) => [`## ${title}`, notes, ...tables]),
  ].join('\n\n');
  const write = (name: string, content: string) => replaceFile(join(options.out, name), content);
  const results = sections.map(({title, data}) => ({title, ...data}));
  write('report.md', `${text}\n`);
  write('report.json', `${JSON.stringify({command, backend, seconds, date: new Date(), results}, null, 2)}\n`);
  const fits = sections.flatMap(({data}) => (data.fits as Fit[] | undefined) ?? []);
  if (fits.length > 0) write('fits.svg', fitChart(fits.slice(0, 4), 'The best fits, dense points, depth 5'));
  for (const {figure} of sections) if (figure) write(figure.name, figure.svg);
  console.log(`${text}\n\nWritten to ${options.out}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
