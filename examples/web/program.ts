/** A program in parts: as the text of one file, and as the cells of a notebook. */

import type {Texts} from './tab';

export interface Part {
  title: string;
  /** JavaScript. Kernels of notebooks check its types: what they cannot know is the parameter of a function. */
  code: string;
  /** For the notebook only. */
  notebook?: boolean;
}

export const IMPORTS: Part = {
  title: 'TensorFlow.js and this package',
  code: `import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';`,
};

/** What the packages need. Node of 20 and later has all of it. */
const install = 'npm install tfjs-piecewise @tensorflow/tfjs';

export interface About {
  /** What it does. */
  title: string;
  /** The file to save it as. */
  name: string;
  /** That of the page. */
  address: string;
  /** What must lie beside the file. */
  beside?: string;
}

export function textsOf(parts: readonly Part[], about: About): Texts {
  const {title, name, address, beside} = about;
  const own = parts.filter(({notebook}) => !notebook);
  const code = [
    `// ${title}\n// Save it as ${name}${beside ? ` beside ${beside}` : ''}, then: ${install} && node ${name}\n// From ${address}`,
    ...own.map(({title: heading, code}, i) => (i === 0 ? code : `// ${heading}.\n${code}`)),
  ].join('\n\n');
  return {code: `${code}\n`, name, notebook: `${JSON.stringify(notebookOf(parts, about), null, 1)}\n`};
}

interface Cell {
  cell_type: 'code' | 'markdown';
  id: string;
  metadata: Record<string, never>;
  source: string[];
  execution_count?: null;
  outputs?: [];
}

/** A Jupyter notebook for a TypeScript kernel. */
function notebookOf(parts: readonly Part[], {title, address, beside}: About): object {
  const intro = `# ${title}

From ${address}

It needs a kernel for JavaScript or TypeScript, such as [tslab](https://github.com/yunabe/tslab), and in its folder
\`${install}\`${beside ? ` and ${beside}` : ''}.`;
  const cells = [
    markdown(intro),
    ...parts.flatMap(({title: heading, code: source}, i) =>
      i === 0
        ? [code(`${source}\nimport {display} from 'tslab';\n\ntf.enableProdMode();`)]
        : [markdown(`## ${heading}`), code(source)],
    ),
  ];
  return {
    cells: cells.map((cell, i): Cell => ({...cell, id: `cell-${i + 1}`})),
    metadata: {
      kernelspec: {display_name: 'JavaScript', language: 'javascript', name: 'jslab'},
      language_info: {name: 'javascript', file_extension: '.js'},
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

type Draft = Omit<Cell, 'id'>;

const lines = (text: string) => text.split(/(?<=\n)/);

const markdown = (text: string): Draft => ({cell_type: 'markdown', metadata: {}, source: lines(text)});

const code = (text: string): Draft => ({
  cell_type: 'code',
  metadata: {},
  execution_count: null,
  outputs: [],
  source: lines(text),
});
