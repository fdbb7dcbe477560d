// Names and ranks of the site's pages, for typedoc: modules as they are imported, texts by their titles.
import {readFileSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {packagePath} from '../../scripts/setup/packages.cjs';
import {headingFields, WEIGHTS, withRanking} from './ranking.mjs';

const {ReflectionKind} = await import(packagePath('tools', 'typedoc/dist/index.js'));
const root = fileURLToPath(new URL('../../', import.meta.url));
const {name: packageName, exports} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Import names by the file of the module. */
const IMPORTS = new Map(
  Object.entries(exports).map(([name, {'tfjs-piecewise:source': source}]) => [source, packageName + name.slice(1)]),
);

const GROUPS = [
  [/^(docs\/guides|python)\//, 'Guides'],
  [/^examples\//, 'Examples'],
  [/^(docs|bench)\//, 'Tables'],
  [/./, 'Project'],
];

const TITLE = /^# (.+)\n*/;
const titleOf = ([first]) => TITLE.exec(first?.text ?? '')?.[1];

const pathOf = (project, reflection) =>
  relative(root, project.files.getReflectionPath(reflection) ?? reflection.sources?.[0]?.fullFileName ?? '');

const textOf = (page) => page.content.map(({text}) => text).join('');

/** Classes come after the functions that make them, and last what is only a part of something else. */
function rankOf(kind) {
  if (kind === ReflectionKind.Class) return 0.8;
  if (kind === ReflectionKind.Interface) return 0.4;
  if (kind & (ReflectionKind.ClassMember | ReflectionKind.TypeAlias)) return 0.05;
  return 1;
}

export function load(app) {
  app.converter.on('resolveBegin', ({project}) => {
    for (const module of project.children ?? []) {
      const name = IMPORTS.get(`./${pathOf(project, module)}`);
      if (name) module.name = name;
    }
    for (const page of project.documents ?? []) {
      page.frontmatter.group = GROUPS.find(([place]) => place.test(pathOf(project, page)))[1];
      page.name = titleOf(page.content) ?? page.name;
    }
    // The first page shows the name of the project by itself.
    if (project.readme) project.readme[0].text = project.readme[0].text.replace(TITLE, '');
  });

  app.renderer.on('prepareIndex', (index) => {
    Object.assign(index.searchFieldWeights, WEIGHTS);
    index.searchResults.forEach((result, i) => {
      result.relevanceBoost ??= rankOf(result.kind);
      if (result.isDocument()) index.searchFields[i] = {...index.searchFields[i], ...headingFields(textOf(result))};
    });
  });

  // After typedoc has copied its script.
  const ranked = ({outputDirectory}) => {
    const script = join(outputDirectory, 'assets/main.js');
    writeFileSync(script, withRanking(readFileSync(script, 'utf8')));
  };
  app.renderer.on('endRender', ranked, -1);

  // For readers of screens: which part is the text.
  app.renderer.on('endPage', (page) => {
    page.contents = page.contents?.replace('<div class="col-content">', '<div class="col-content" role="main">');
  });
}
