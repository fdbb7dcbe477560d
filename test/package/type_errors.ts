import ts from 'typescript';

/** How TypeScript finds modules: the four that are in use. */
export const RESOLUTIONS: [name: string, file: string, options: ts.CompilerOptions][] = [
  ['node10', 'strict.ts', {module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10}],
  ['node16 from CommonJS', 'strict.ts', {module: ts.ModuleKind.Node16}],
  ['node16 from an ES module', 'strict.mts', {module: ts.ModuleKind.Node16}],
  ['bundler', 'strict.ts', {module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler}],
];

/**
 * What TypeScript has to say of a strict program and of every declaration of this package that it reads. Those of tfjs
 * and its types do not pass: `skipLibCheck` is what its users live with, and would hide ours.
 */
export function typeErrors(file: string, options: ts.CompilerOptions): {read: number; errors: string[]} {
  const program = ts.createProgram([file], {
    ...options,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'], // ours ask for neither DOM nor Node
    types: [],
    strict: true,
    noEmit: true,
    ignoreDeprecations: '6.0',
  });
  const ours = program.getSourceFiles().filter(({fileName}) => /\/tfjs-piecewise\/dist\/|\/strict\./.test(fileName));
  const found = ours.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  const all = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...found];
  const shown = all.map((diagnostic) => ts.formatDiagnostic(diagnostic, HOST));
  return {read: ours.length, errors: shown};
}

const HOST: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => '/',
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};
