// npm run layers: writes docs/LAYERS.md, the table of layers, instruments and exporters.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {layersPage} from './page';

writeFileSync(path.join(__dirname, '../../docs/LAYERS.md'), layersPage());
