import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

const ROOT = join(__dirname, '../..');

function uvSettings(pipConfig: string): Record<string, string> {
  const script = `
    const {uvSettings} = await import('./scripts/setup/pip.mjs');
    console.log(JSON.stringify(uvSettings(${JSON.stringify(pipConfig)})));`;
  const {stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {cwd: ROOT, encoding: 'utf8'});
  return JSON.parse(stdout);
}

it('uv asks where pip is told to ask', () => {
  const config = [
    ":env:.index-url='https://a.example/simple'",
    ":env:.timeout='180'",
    "global.cert='/etc/c.crt'",
    "global.extra-index-url='file:///b\\nfile:///c'",
    "global.index-url='https://z.example/simple'",
    "install.find-links='/d /e'",
  ].join('\n');
  expect(uvSettings(config)).toMatchObject({
    UV_DEFAULT_INDEX: 'https://a.example/simple',
    SSL_CERT_FILE: '/etc/c.crt',
    UV_INDEX: 'file:///b file:///c',
    UV_FIND_LINKS: '/d,/e',
  });
});

it('and where pip is told nothing, asks PyPI as pip does', () => {
  expect(Object.keys(uvSettings(''))).not.toContain('UV_DEFAULT_INDEX');
});
