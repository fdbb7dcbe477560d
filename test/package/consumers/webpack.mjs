// By webpack's own interface: its command line is a package more. The argument is where webpack is.

import {createRequire} from 'node:module';

const webpack = createRequire(import.meta.url)(process.argv[2]);

const options = {
  context: import.meta.dirname,
  mode: 'production',
  target: 'web',
  entry: './program.mjs',
  output: {path: `${import.meta.dirname}/bundles`, filename: 'webpack.js'},
  optimization: {minimize: false}, // minutes, with all of tfjs
  performance: {hints: false},
};

webpack(options, (error, stats) => {
  if (error) throw error;
  process.stdout.write(stats.toString({all: false, errors: true, warnings: true}));
});
