export default {
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: 'bundles',
    emptyOutDir: false,
    minify: false,
    lib: {entry: 'program.ts', formats: ['es'], fileName: () => 'vite.mjs'},
  },
};
