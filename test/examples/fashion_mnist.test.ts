import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {type Checksums, loadDataset, loadFashionMnist, sha256} from '../../examples/node/datasets';
import {histogram, idx, meanAndVariance} from './support';

const DEBIAN = '/usr/share/datasets/fashion-mnist';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'datasets-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

describe('fashion-mnist', () => {
  const image = (i: number) => Array.from({length: 28 * 28}, (_, pixel) => (pixel * 7 + i * 31) % 256);
  const images = (count: number) => idx([count, 28, 28], Array.from({length: count}, (_, i) => image(i)).flat());
  const labels = (count: number) =>
    idx(
      [count],
      Uint8Array.from({length: count}, (_, i) => i % 10),
    );
  const files: Record<string, Uint8Array> = {
    'train-images-idx3-ubyte': images(40),
    'train-labels-idx1-ubyte': labels(40),
    't10k-images-idx3-ubyte': images(10),
    't10k-labels-idx1-ubyte': labels(10),
  };
  const checksums: Checksums = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)]));
  const nowhere = {packaged: '/nonexistent', urls: []};

  const write = (into: string, pack = true) => {
    mkdirSync(into, {recursive: true});
    for (const [name, bytes] of Object.entries(files)) {
      if (pack) writeFileSync(join(into, `${name}.gz`), gzipSync(bytes));
      else writeFileSync(join(into, name), bytes);
    }
  };

  it.each([
    ['packed', true],
    ['unpacked', false],
  ])('reads %s files from a named folder', async (_, pack) => {
    write(folder, pack);
    const {imageShape, train, validation, test, source} = await loadFashionMnist({data: folder, checksums});
    expect({imageShape, validation, source}).toEqual({imageShape: [28, 28, 1], validation: null, source: folder});
    expect([train.count, test.count]).toEqual([40, 10]);
    const [mean, variance] = meanAndVariance(train.x);
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 5);
  });

  it('sets the asked number of training images aside', async () => {
    write(folder);
    const {train, validation} = await loadFashionMnist({data: folder, checksums, validationCount: 10});
    expect([train.count, validation!.count]).toEqual([30, 10]);
    expect(histogram(validation!.y)).toEqual(new Array(10).fill(1));
    expect(meanAndVariance(train.x)[1]).toBeCloseTo(1, 5);
  });

  it('refuses a damaged file of a named folder', async () => {
    write(folder, false);
    const bytes = files['t10k-labels-idx1-ubyte'].slice();
    bytes[9] ^= 1;
    writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), bytes);
    await expect(loadFashionMnist({data: folder, checksums})).rejects.toThrow(
      /t10k-labels-idx1-ubyte is damaged or another file.* expected [0-9a-f]{64}.* Delete it/,
    );
    writeFileSync(
      join(folder, 'train-images-idx3-ubyte.gz'),
      gzipSync(files['train-images-idx3-ubyte']).subarray(0, 99),
    );
    await expect(loadFashionMnist({data: folder, checksums})).rejects.toThrow(/cannot be unpacked \(unexpected end/);
  });

  it('refuses files that do not belong together', async () => {
    write(folder, false);
    const other = labels(39);
    writeFileSync(join(folder, 'train-labels-idx1-ubyte'), other);
    const adapted = {...checksums, 'train-labels-idx1-ubyte': sha256(other)};
    await expect(loadFashionMnist({data: folder, checksums: adapted})).rejects.toThrow(
      /have shapes \[40,28,28\] and \[39\], expected \[n, 28, 28\] and \[n\]/,
    );
  });

  it('lists the three ways to get the data when a named folder has none', async () => {
    await expect(loadDataset('fashion-mnist', {data: folder})).rejects.toThrow(
      /no train-images-idx3-ubyte\.gz or .* which has nothing.*\(1\) "apt-get install.*\(2\).*--data.*\(3\)/,
    );
    await expect(loadDataset('fashion-mnist', {data: join(folder, 'none')})).rejects.toThrow('which does not exist');
  });

  it('prefers the package to the cache', async () => {
    write(join(folder, 'packaged'));
    const origin = {...nowhere, packaged: join(folder, 'packaged')};
    const {source} = await loadFashionMnist({cache: join(folder, 'cache'), checksums, origin});
    expect(source).toBe(origin.packaged);
  });

  describe('downloaded', () => {
    let server: Server;
    let requests: string[];
    let origin: {packaged: string; urls: string[]};
    let log: jest.SpyInstance;

    beforeEach(async () => {
      requests = [];
      server = createServer((request, response) => {
        requests.push(request.url!);
        const [, kind, name] = request.url!.split('/');
        if (kind === 'missing') response.writeHead(404).end();
        else if (kind === 'wrong') response.end(gzipSync(Buffer.from('not the file')));
        else response.end(gzipSync(files[name.replace('.gz', '')]));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const {port} = server.address() as AddressInfo;
      const urls = ['missing', 'wrong', 'right'].map((kind) => `http://127.0.0.1:${port}/${kind}`);
      origin = {packaged: '/nonexistent', urls};
      log = jest.spyOn(console, 'error').mockImplementation(() => {});
    });
    afterEach(async () => {
      log.mockRestore();
      await new Promise((resolve) => server.close(resolve));
    });

    it('tries every address, keeps what passes the check, and does not ask again', async () => {
      const cache = join(folder, 'cache');
      const {train, source} = await loadFashionMnist({cache, checksums, origin});
      expect([train.count, source]).toEqual([40, cache]);
      expect(readdirSync(cache).sort()).toEqual(
        Object.keys(files)
          .map((name) => `${name}.gz`)
          .sort(),
      );
      expect(requests).toHaveLength(12);
      expect(log).toHaveBeenCalledTimes(4);
      await loadFashionMnist({cache, checksums, origin});
      expect(requests).toHaveLength(12);
    });

    it('replaces a damaged file of the cache', async () => {
      const cache = join(folder, 'cache');
      write(cache);
      writeFileSync(join(cache, 't10k-labels-idx1-ubyte.gz'), 'damaged');
      await loadFashionMnist({cache, checksums, origin});
      expect(requests.map((url) => url.split('/')[2])).toEqual(new Array(3).fill('t10k-labels-idx1-ubyte.gz'));
    });

    it('leaves nothing behind when every address is wrong, and says why', async () => {
      const cache = join(folder, 'cache');
      const urls = [...origin.urls.slice(0, 2), 'http://127.0.0.1:1'];
      await expect(loadFashionMnist({cache, checksums, origin: {...origin, urls}})).rejects.toThrow(
        /neither in \/nonexistent nor in .*missing\/.*answered 404; .*SHA-256.*; .*:1\/.*\(.+\).* three ways .*\(3\)/,
      );
      expect(readdirSync(cache)).toEqual([]);
    });
  });

  const onDebian = existsSync(DEBIAN) ? it : it.skip;
  onDebian('reads the 70,000 images of the Debian package (skipped where it is not installed)', async () => {
    const {train, validation, test, scaling} = await loadDataset('fashion-mnist', {validationCount: 5000});
    expect([train.count, validation!.count, test.count]).toEqual([55000, 5000, 10000]);
    expect(histogram(validation!.y)).toEqual(new Array(10).fill(500));
    expect(histogram(test.y)).toEqual(new Array(10).fill(1000));
    expect(scaling.mean / 255).toBeCloseTo(0.286, 2);
    expect(scaling.std / 255).toBeCloseTo(0.353, 2);
  });
});
