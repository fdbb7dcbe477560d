import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as pw from 'tfjs-piecewise';

it('the playground has the colours of the pictures', () => {
  const style = readFileSync(join(__dirname, '../../examples/web/styles/colors.css'), 'utf8');
  for (const role of ['ink', 'quiet', 'ours', 'dense'] as const) {
    const found = [...style.matchAll(new RegExp(`--${role}: (#\\w+);`, 'g'))].map(([, color]) => color);
    expect(found).toEqual([pw.plot.colors.light[role], pw.plot.colors.dark[role]]);
  }
});
