// npm run notebooks: makes every notebook from its text, runs it, and keeps it with its outputs. A claim that does not
// hold, or any other error in a cell, ends with an exit code other than 0 and leaves the notebook as it was.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from '../setup/failure.mjs';
import * as jupyter from '../setup/notebooks.mjs';
import project from '../setup/project.cjs';
import python from '../setup/python_state.cjs';
import {run} from '../setup/run.mjs';

const FOLDER = path.join(project.root, 'notebooks');
const USAGE = `npm run notebooks -- [NUMBER...]
  all notebooks, or those of these numbers`;

function chosen(numbers) {
  const all = fs.readdirSync(FOLDER).filter((file) => /^\d+_.*\.ts$/.test(file));
  const texts = all.filter((file) => numbers.length === 0 || numbers.includes(file.split('_')[0]));
  const unknown = numbers.find((number) => !all.some((file) => file.startsWith(`${number}_`)));
  if (unknown !== undefined) throw new Failure(`there is no notebook ${unknown}.\n${USAGE}`);
  return texts.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

/** Returns the text of the error of a cell, or null. */
async function execute(text) {
  const name = text.replace(/\.ts$/, '');
  const made = path.join(FOLDER, `${name}.ipynb`);
  const temporary = path.join(project.root, '.cache', `${name}.ipynb`);
  const args = ['--from', 'ts:percent', '--to', 'ipynb', '--set-kernel', 'tslab', '--execute', '--run-path', FOLDER];
  const {ok, output} = await run(
    jupyter.command('jupytext'),
    [...args, '--output', temporary, path.join(FOLDER, text)],
    {env: python.readyVersion() && !process.env.PYTHON ? {PYTHON: python.executable} : {}},
  );
  if (!ok) return output;
  fs.writeFileSync(made, `${JSON.stringify(tidied(JSON.parse(fs.readFileSync(temporary, 'utf8'))), null, 1)}\n`);
  fs.rmSync(temporary);
  return null;
}

/** Without what differs from run to run and says nothing: random ids, times, versions of the tools. */
function tidied({cells, metadata: {kernelspec}, nbformat, nbformat_minor}) {
  return {
    cells: cells.map((cell, i) => ({...cell, id: `cell-${i + 1}`, metadata: {}})),
    metadata: {kernelspec, language_info: {name: 'typescript', file_extension: '.ts'}},
    nbformat,
    nbformat_minor,
  };
}

async function main() {
  const texts = chosen(process.argv.slice(2));
  if (!jupyter.ready()) throw new Failure('Jupyter is not ready. Run npm run setup -- notebooks');
  let failed = 0;
  for (const text of texts) {
    const start = Date.now();
    const error = await execute(text);
    const seconds = Math.ceil((Date.now() - start) / 1000);
    console.log(
      `notebook ${text.replace(/\.ts$/, '')}: ${error === null ? 'its claims hold' : 'FAILED'}, ${seconds} s`,
    );
    if (error === null) continue;
    failed++;
    console.error(error.split('\n').slice(-40).join('\n'));
  }
  if (failed > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`notebooks: ${error instanceof Failure ? error.message : error.stack}`);
  process.exitCode = 1;
});
