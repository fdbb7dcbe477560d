// A bundle for pages, run by Node: tfjs takes this process for a web worker, as its browser build wants.
globalThis.WorkerGlobalScope = class {};
Object.defineProperty(process, 'versions', {value: {}});
