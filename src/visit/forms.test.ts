import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { readForm } from './forms.ts';

const app = new Hono().post('/', async (c) => c.json((await readForm(c)).fields));

test('forms are read without what cannot be seen, whatever they are sent as', async () => {
  const hidden = 'A\u200bd\u2066a\ufeff ١٢';
  for (const body of [new URLSearchParams({ name: hidden }), new FormData()]) {
    if (body instanceof FormData) body.append('name', hidden);
    const answer = await app.request('/', { method: 'POST', body });
    assert.deepEqual(await answer.json(), { name: ['Ada 12'] });
  }
});
