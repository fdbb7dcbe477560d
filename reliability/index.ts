/** npm run reliability -- COMMAND [options]: what was tried to break the package. */

const COMMANDS: {[name: string]: {load: () => Promise<unknown>; about: string}} = {
  fuzz: {
    load: () => import('./fuzz'),
    about: 'random cases of every op and layer on every backend, against double precision',
  },
  oracle: {
    load: () => import('./oracle'),
    about: 'linear regions of random networks of every layer, against exact rational numbers',
  },
  crash: {load: () => import('./crash'), about: 'processes killed while they save and train, and what they leave'},
  hostile: {load: () => import('./hostile'), about: 'damaged and malicious models for every reader'},
  soak: {load: () => import('./soak'), about: 'long trainings: memory, tensors and handles'},
  determinism: {load: () => import('./determinism'), about: 'the same seed in two processes and on all backends'},
  sanitize: {
    load: () => import('./sanitize'),
    about: 'the TensorFlow ops under AddressSanitizer and UndefinedBehaviorSanitizer',
  },
  'core-tests': {load: () => import('./core_tests'), about: "tfjs-core's own specs, with this package and without it"},
};

const [name] = process.argv.splice(2, 1); // the command reads the rest
const command = COMMANDS[name];
if (command) {
  void command.load();
} else {
  const lines = Object.entries(COMMANDS).map(([title, {about}]) => `  ${title.padEnd(12)} ${about}`);
  console.error(`npm run reliability -- COMMAND [options]; each has --help\n\n${lines.join('\n')}`);
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
}

export {};
