import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { leavingOf } from './leaving.ts';
import { handsIn, safeReturn, takesFiles } from './own-form.ts';

const HERE = 'https://office.example';

describe('where a form leads back to', () => {
  it('is an address of this office, whatever was sent', () => {
    const evil = fc.constantFrom(
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:1',
      '/a?b',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath(), evil), (sent) => {
        const path = safeReturn({ return: [sent] });
        assert.equal(new URL(path, HERE).origin, HERE);
        assert.ok(path === sent || path === '/');
      }),
    );
  });

  it('is the page that sent it', () => {
    for (const path of ['/', '/help', '/service/sperrmuell/review', '/service/a/p/poster.txt'])
      assert.equal(safeReturn({ return: [path] }), path);
  });
});

describe('what somebody leaves', () => {
  it('is within the service on whose journey they pressed the end, not on its result', () => {
    const leave = (path: string, idle = '') => leavingOf({ return: [path], _idle: [idle] });
    assert.deepEqual(leave('/service/sperrmuell/address'), { unattended: false, within: 'sperrmuell' });
    assert.deepEqual(leave('/service/sperrmuell/done'), { unattended: false, within: undefined });
    assert.deepEqual(leave('/', 'idle'), { unattended: true, within: undefined });
  });
});

describe('a form', () => {
  it('may have files where a page asks for some, and where its look is changed', () => {
    for (const path of ['/service/a/upload', '/status/case/answer', '/visit/settings'])
      assert.equal(takesFiles(path), true, path);
    for (const path of ['/', '/service/a', '/service/a/upload/code', '/status', '/desk'])
      assert.equal(takesFiles(path), false, path);
  });

  it('hands in or pays where it is sent to the last page, or to paying', () => {
    assert.equal(handsIn({ method: 'POST', path: '/service/a/review' }), true);
    assert.equal(handsIn({ method: 'POST', path: '/service/a/pay' }), true);
    assert.equal(handsIn({ method: 'GET', path: '/service/a/review' }), false);
    assert.equal(handsIn({ method: 'POST', path: '/service/a/address' }), false);
  });
});
