const {default: Sequencer} = require('@jest/test-sequencer');

/** Specs of 20 CPU seconds and more, the longest first: one that came last would leave the other cores idle. */
const LONGEST = [
  'python/keras',
  'nodes/nodes',
  'browser/conformance',
  'examples/train',
  'docs/site',
  'examples/scripts',
  'package/consumers',
  'webgpu/accuracy',
  'kernels/conformance',
  'interop/windows',
  'interop/runtimes',
  'reliability/determinism',
  'reproduce/linear_regions',
  'reliability/fuzz_backends',
  'symmetry/jacobian_rank',
  'examples/reproduce_theory',
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
