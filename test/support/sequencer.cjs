const {default: Sequencer} = require('@jest/test-sequencer');

/** Specs that take minutes: one that came last would leave the other cores idle. */
const LONGEST = [
  'python/keras',
  'browser/conformance',
  'nodes/nodes',
  'kernels/conformance',
  'examples/train',
  'webgpu/accuracy',
  'interop/runtimes',
  'docs/site',
  'reliability/fuzz_backends',
  'examples/scripts',
];

/** On a fresh machine, where no times are known, Jest begins with the largest files; these are small. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({path}) => {
      const place = LONGEST.findIndex((part) => path.includes(part));
      return place === -1 ? LONGEST.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
