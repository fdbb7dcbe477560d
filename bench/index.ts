/** npm run bench: which bench runs is said by its name; the other options belong to it. */

import {stopGpu} from './backends';

const BENCHES = {
  '--against': () => import('./against/index'),
  '--exports': () => import('./exports/index'),
  '--fht': () => import('./fht/index'),
  '--gpu': () => import('./gpu/index'),
  '--million': () => import('./million/index'),
  '--profile': () => import('./profile/index'),
  '--steps': () => import('./steps/index'),
};
const name = (Object.keys(BENCHES) as (keyof typeof BENCHES)[]).find((one) => process.argv.includes(one));
if (name) process.argv.splice(process.argv.indexOf(name), 1);

(name ? BENCHES[name]() : import('./run'))
  .then(({main}) => main())
  .catch((error: Error) => {
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  })
  .finally(stopGpu);
