import * as tf from '@tensorflow/tfjs';
import {everyLayer} from './interop/support/every_layer';
import {writeCase} from './interop/support/cases';
import {fileSystem} from 'tfjs-piecewise/node';
import {writeFileSync} from 'node:fs';
void (async()=>{ await tf.setBackend('cpu'); const m = everyLayer(); const t=Date.now(); const c = await writeCase('x','/tmp/interop/case',m,1000); console.log(Date.now()-t,'ms'); await m.save(fileSystem('/tmp/interop/case/layers')); c.outputs.forEach((o,i)=>writeFileSync(`/tmp/interop/case/want${i}.bin`,o));})();
