// Options of the documentation site, which `npm run docs` builds.
import {readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const {exports} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** What can be imported, but for what other modules show already: ops stand in the first, parts of kernels beside the whole. */
const modules = Object.entries(exports).filter(
  ([name, {'tfjs-piecewise:source': source}]) => source && name !== './ops' && !name.endsWith('/projection'),
);

/** In the order in which a reader wants them; others follow. */
const FIRST = [
  'choose_a_layer',
  'when_to_use',
  'curves',
  'your_own_data',
  'training',
  'troubleshooting',
  'web_page',
  'look_inside',
  'pictures',
  'save_and_export',
  'small_models',
  'backends',
  'performance',
  'limits',
  'how_it_works',
  'theory',
  'glossary',
].map((guide) => `${guide}.md`);
const guides = [...new Set([...FIRST, ...readdirSync(`${root}docs/guides`)])];

export default {
  name: 'tfjs-piecewise',
  entryPoints: modules.map(([, source]) => `${root}${source['tfjs-piecewise:source']}`),
  plugin: [`${root}docs/site/plugin.mjs`],
  projectDocuments: [
    ...guides.map((guide) => `${root}docs/guides/${guide}`),
    `${root}python/README.md`,
    `${root}examples/README.md`,
    `${root}docs/LAYERS.md`,
    `${root}docs/BACKENDS.md`,
    `${root}docs/RELIABILITY.md`,
    `${root}bench/results/README.md`,
    `${root}CONTRIBUTING.md`,
    `${root}CHANGELOG.md`,
  ],
  out: `${root}out/docs`,
  customCss: `${root}docs/site/site.css`,
  customJs: `${root}docs/site/site.js`,
  favicon: `${root}docs/site/icon.svg`,
  highlightLanguages: ['c', 'cpp', 'bash', 'html', 'javascript', 'json', 'kotlin', 'python', 'swift', 'typescript'],
  navigationLinks: {
    Playground: 'https://tfjs-piecewise.github.io/tfjs-piecewise/playground/',
    GitHub: 'https://github.com/tfjs-piecewise/tfjs-piecewise',
  },
  navigation: {includeGroups: true, includeCategories: false, includeFolders: false},
  groupOrder: ['Guides', 'Examples', 'Tables', 'Project', 'Modules', 'Functions', 'Namespaces', 'Classes', '*'],
  sort: ['source-order'],
  sortEntryPoints: false,
  groupReferencesByType: true,
  searchInComments: true,
  searchInDocuments: true,
  searchGroupBoosts: {Guides: 8, Project: 0.3},
  useFirstParagraphOfCommentAsSummary: true,
  // Dollars as on GitHub. MathML needs no fonts and no script, and is read aloud.
  markdownItLoader: (parser) => parser.use(require('@vscode/markdown-it-katex').default, {output: 'mathml'}),
  excludeExternals: true,
  excludePrivate: true,
  disableGit: true,
  skipErrorChecking: true,
  sourceLinkTemplate: 'https://github.com/tfjs-piecewise/tfjs-piecewise/blob/main/{path}#L{line}',
  treatWarningsAsErrors: true,
  validation: {notExported: true, invalidLink: true, invalidPath: true, notDocumented: false},
};
