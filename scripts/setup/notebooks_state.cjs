// Where Jupyter is, and tslab, its kernel for TypeScript. Answered from files alone: jest.config.js asks at every start.
const fs = require('node:fs');
const path = require('node:path');
const {cacheFolder} = require('./project.cjs');

const python = path.join(cacheFolder, 'jupyter');
const kernel = path.join(cacheFolder, 'tslab');
/** What was installed, and for which node: a change of either means doing it again. */
const state = path.join(python, 'installed.txt');

/** Path of a command of Jupyter. */
const command = (tool) => path.join(python, 'bin', tool);

/** The script that starts the kernel. */
const tslab = path.join(kernel, 'node_modules/tslab/bin/tslab');

/** Whether both are there, of whatever version. */
const isReady = () => [state, command('jupyter-nbconvert'), tslab].every((file) => fs.existsSync(file));

module.exports = {python, kernel, state, command, tslab, isReady};
