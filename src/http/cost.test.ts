import assert from 'node:assert/strict';
import { it } from 'node:test';
import { costOf } from './cost.ts';

const get = (url: string): number => costOf({ method: 'GET', url, headers: {} });
const post = (bytes?: string): number =>
  costOf({ method: 'POST', url: '/', headers: bytes === undefined ? {} : { 'content-length': bytes } });

it('what is made or kept costs more than what is read', () => {
  const page = get('/service/sperrmuell');
  assert.equal(page, 1);
  assert.ok(get('/papers/1/receipt.pdf?x=1') >= 10 * page);
  assert.ok(get('/service/sperrmuell/pay/news?seen=a') > page);
  assert.equal(get('/search?q=a.pdf'), page);
  assert.ok(post() > page);
});

it('a body costs by its length', () => {
  assert.ok(post('11500000') >= 50 * post('1000'));
  for (const odd of ['-5', 'NaN', '', '1e400', '0x10']) assert.ok(post(odd) >= post(), odd);
});
