/** What an operator copies: it knows every setting that the program knows, and no other. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '#config';

const home = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(home, file), 'utf8');
const SETTING = /\b(?:AMTOMAT_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b(?!_)/g;
const settingsIn = (text: string): string[] => [...new Set(text.match(SETTING))].sort();

/** Of tests and of this repository's own scripts; no office reads them. */
const OF_TESTS = /^AMTOMAT_(?:TEST_|SEED|CHROMIUM|BARE)/;

function known(): string[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: home });
  const text = files
    .filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
    .map(read)
    .join('\n');
  // Where the environment itself is read; elsewhere settings are only spoken of.
  const all = text.matchAll(/\benv\.(AMTOMAT_[A-Z_]+|DATABASE_URL)\b/g);
  return [...new Set(Array.from(all, ([, name = '']) => name))].filter((name) => !OF_TESTS.test(name)).sort();
}

describe('settings', () => {
  it('are all in the example, which knows no others', () => {
    const lines = read('deploy/office/office.env').matchAll(/^#?([A-Z_]+)=/gm);
    const names = Array.from(lines, ([, name = '']) => name);
    assert.deepEqual([...names].sort(), known(), 'each once');
  });

  it('are all spoken of where the office is explained, and no others', () => {
    assert.deepEqual(settingsIn(read('docs/operations.md')), known());
    for (const name of settingsIn(read('docs/production.md'))) assert.ok(known().includes(name), name);
  });

  it('are all taken, and what only looks like one is not', () => {
    const refused = (name: string): string[] =>
      readConfig({ [name]: '' }, []).problems.filter((problem) => problem.includes('is no setting'));
    for (const name of known()) {
      assert.deepEqual(refused(name), []);
      if (name.startsWith('AMTOMAT_')) assert.equal(refused(`${name}X`).length, 1, name);
    }
  });

  it('of the example are those of production, with nothing secret in it', () => {
    const text = read('deploy/office/office.env');
    assert.match(text, /^AMTOMAT_ENV=production$/m);
    assert.match(text, /^AMTOMAT_OIDC_CLIENT_SECRET=$/m);
    assert.doesNotMatch(text, /^AMTOMAT_CLOCK=/m);
  });
});

describe('units', () => {
  const units = ['amtomat.service', 'amtomat-backup.service'];
  /** Directives of a unit, each with all its values. */
  function directives(name: string): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const [, key = '', value = ''] of read(`deploy/office/${name}`).matchAll(/^([A-Za-z]+)=(.*)$/gm))
      found.set(key, [...(found.get(key) ?? []), value]);
    return found;
  }

  it('come back for as long as it takes', () => {
    const unit = directives('amtomat.service');
    assert.deepEqual(unit.get('Restart'), ['always']);
    assert.deepEqual(unit.get('StartLimitIntervalSec'), ['0']);
    assert.ok(unit.has('RestartSec'));
  });

  it('may write to their own places only, and gain nothing', () => {
    for (const name of units) {
      const unit = directives(name);
      assert.deepEqual(unit.get('User'), ['amtomat']);
      assert.deepEqual(unit.get('ProtectSystem'), ['strict']);
      assert.deepEqual(unit.get('CapabilityBoundingSet'), ['']);
      assert.deepEqual(unit.get('NoNewPrivileges'), ['yes']);
    }
  });

  it('call what the command knows, with options that it has', () => {
    const command = read('amtomat');
    for (const name of units) {
      const [call = ''] = directives(name).get('ExecStart') ?? [];
      const [, word = '', options = ''] = /^\/srv\/amtomat\/amtomat (\w+) (.*)$/.exec(call) ?? [];
      assert.match(command, new RegExp(`[ |]${word} \\|`));
      const code = read(`src/cli/${word}.ts`);
      for (const option of options.match(/--\w+/g) ?? [])
        assert.match(code, new RegExp(`\\b${option.slice(2)}: '(?:text|flag)'`), `${word} ${option}`);
    }
  });
});

describe('the reverse proxies', () => {
  it('let the largest form through and tell the office who is asking', () => {
    const nginx = read('deploy/office/nginx.conf');
    assert.match(nginx, /client_max_body_size 12m;/);
    assert.match(nginx, /proxy_set_header Host \$host;/);
    assert.match(nginx, /proxy_set_header X-Forwarded-For \$remote_addr;/);
    assert.match(read('deploy/office/Caddyfile'), /max_size 12MB/);
  });

  it('write down nothing of a citizen', () => {
    const nginx = read('deploy/office/nginx.conf');
    const [, format = ''] = /log_format amtomat '([^']*)'/.exec(nginx) ?? [];
    assert.deepEqual(format.match(/\$\w+/g), [
      '$time_iso8601',
      '$request_method',
      '$status',
      '$body_bytes_sent',
      '$request_time',
    ]);
    for (const [, log] of nginx.matchAll(/^\s*access_log (.*);/gm))
      assert.match(log ?? '', /^off$| amtomat$/);
    assert.doesNotMatch(read('deploy/office/Caddyfile'), /^\tlog\b(?! default)/m);
  });
});
