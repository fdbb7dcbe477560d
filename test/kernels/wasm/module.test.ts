import {BASE64, MEMORY_FLAGS} from '../../../src/kernels/wasm/module_bytes';

const bytes = Uint8Array.from(Buffer.from(BASE64, 'base64'));

it('the module has less than 10 KB and imports a memory, nothing else', () => {
  expect(bytes.length).toBeLessThan(10_000);
  const module = new WebAssembly.Module(bytes);
  expect(WebAssembly.Module.imports(module)).toEqual([{kind: 'memory', module: 'env', name: 'memory'}]);
  expect(WebAssembly.Module.exports(module).every(({kind}) => kind === 'function')).toBe(true);
});

it('leaves the memory that it starts in as it was', () => {
  const memory = new WebAssembly.Memory({initial: 1, maximum: 65536});
  new Uint8Array(memory.buffer).fill(77);
  new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
  expect(new Uint8Array(memory.buffer).every((byte) => byte === 77)).toBe(true);
});

it('takes a shared memory after one byte is changed, and only then', () => {
  const memory = new WebAssembly.Memory({initial: 1, maximum: 65536, shared: true});
  const start = (code: Uint8Array<ArrayBuffer>) =>
    new WebAssembly.Instance(new WebAssembly.Module(code), {env: {memory}});
  expect(() => start(bytes)).toThrow(/shared/);
  const shared = bytes.slice();
  shared[MEMORY_FLAGS] = 3;
  const {walshHadamard} = start(shared).exports as {walshHadamard(...args: number[]): void};
  const values = new Float32Array(memory.buffer);
  values.set([1, 2, 3, 4]);
  walshHadamard(0, 16, 1, 4, 1, 1, 0, 0);
  expect([...values.slice(4, 8)]).toEqual([10, -2, -4, 0]);
});
