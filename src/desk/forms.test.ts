import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { readForm } from './forms.ts';

const app = new Hono().post('/', async (c) => c.json([...((await readForm(c)) ?? [])]));

test('forms of the desk are read without what cannot be seen', async () => {
  const body = new URLSearchParams([
    ['code', '\u202a７KM\u00ad٤P\u202c'],
    ['text', 'eins\r\nzwei'],
  ]);
  const answer = await app.request('/', { method: 'POST', body });
  assert.deepEqual(await answer.json(), [
    ['code', '7KM4P'],
    ['text', 'eins\nzwei'],
  ]);
});

test('a form of the desk with fields without end is none', async () => {
  const body = new URLSearchParams(Array.from({ length: 501 }, (_, index) => [`f${index}`, '1']));
  const answer = await app.request('/', { method: 'POST', body });
  assert.deepEqual(await answer.json(), []);
});
