import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export const ROOT = join(__dirname, '../..');
const {packagePath} = require('../../scripts/setup/packages.cjs');

/** A part of typedoc's JSON. */
export interface Reflection {
  name: string;
  /** Bits of typedoc's ReflectionKind. */
  kind: number;
  comment?: {summary: {text: string}[]; blockTags?: {tag: string; content: {text: string}[]}[]};
  children?: Reflection[];
  signatures?: Reflection[];
  /** Set where the documentation of a declaration is elsewhere. */
  inheritedFrom?: unknown;
}

export const KIND = {variable: 32, function: 64, class: 128, interface: 256, property: 1024, type: 2097152};

/** Builds the site into a new folder, warnings being errors, and reads what typedoc knows; with the playground as npm run docs does. */
export function buildSite({playground = false} = {}): {folder: string; api: Reflection} {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const typedoc = [packagePath('tools', 'typedoc/bin/typedoc'), '--options', 'docs/site/typedoc.mjs'];
  const json = join(folder, 'api.json');
  const command = playground ? ['scripts/docs.mjs'] : typedoc;
  execFileSync(process.execPath, [...command, '--out', folder, '--json', json], {cwd: ROOT, stdio: 'pipe'});
  return {folder, api: JSON.parse(readFileSync(json, 'utf8'))};
}

/** All declarations, with their names from the top. */
export function* declarations(from: Reflection, path: string[] = []): Generator<[path: string, Reflection]> {
  for (const child of from.children ?? []) {
    const names = [...path, child.name];
    yield [names.join('.'), child];
    yield* declarations(child, names);
  }
}

/** The documentation of a declaration; that of a function is at its signature. */
export const commentOf = ({comment, signatures}: Reflection) => signatures?.[0]?.comment ?? comment;
