import { Hono } from 'hono';
import {
  type CitizenEnv,
  clientOf,
  findSaid,
  first,
  pageOf,
  readOwnForm,
  readPair,
  screenOf,
  type TypedPair,
  typedAgain,
} from '#visit';
import type { StatusDeps } from './deps.ts';
import { type GenuineError, genuineFormPage, genuinePage } from './genuine-page.tsx';

/** Whoever holds a paper of the office, a bank or a landlord abroad, finds out that it is genuine. Nothing is kept of it. */
export function genuineRoutes(deps: StatusDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/echt', async (c) => {
    const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
    const typed = { number: first(fields, 'number'), code: first(fields, 'code') };
    return c.html(genuineFormPage(pageOf(c, deps, ''), typed, errorsSaid(typed, said)));
  });

  app.post('/echt', async (c) => {
    const { fields } = await readOwnForm(c);
    const typed = { number: first(fields, 'number'), code: first(fields, 'code') };
    const refuse = (errors: readonly GenuineError[], status: 422 | 429) =>
      c.html(genuineFormPage(pageOf(c, deps, ''), typed, errors), status);
    const read = readPair(typed);
    if (Array.isArray(read)) return refuse(read, 422);
    const { number, code } = read;
    const found = await deps.cases.checkPaper(number, code, clientOf(c, deps.config.proxies), screenOf(c));
    if (found.kind === 'unknown') return refuse([{ field: 'code', code: 'unknown' }], 422);
    if (found.kind === 'slowed') {
      c.header('Retry-After', String(found.retryAfterSeconds));
      return refuse([{ field: 'code', code: 'slowed', seconds: found.retryAfterSeconds }], 429);
    }
    return c.html(genuinePage(pageOf(c, deps, ''), number, found));
  });

  return app;
}

/** @returns what the form had said of number and code */
function errorsSaid(typed: TypedPair, said: readonly string[]): readonly GenuineError[] {
  const read = readPair(typed);
  if (said.includes('slip') && Array.isArray(read)) return read;
  const error = findSaid(said, ['unknown', 'slowed']);
  return error ? [{ field: 'code', ...error }] : [];
}
