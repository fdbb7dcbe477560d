/** npm run reproduce -- theory | linear-regions | random-bias | evidence [options]: numbers of the sources and of the guides, computed again. */

const PARTS: {[name: string]: () => Promise<unknown>} = {
  theory: () => import('./theory'),
  'linear-regions': () => import('./linear_regions'),
  'random-bias': () => import('./random_bias'),
  evidence: () => import('./evidence'),
};

const [name] = process.argv.splice(2, 1); // the rest are its options
if (PARTS[name]) {
  void PARTS[name]();
} else {
  console.error(`npm run reproduce -- ${Object.keys(PARTS).join(' | ')} [options]; each has --help`);
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
}

export {};
