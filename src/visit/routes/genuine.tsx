import { Hono } from 'hono';
import { normaliseCode, normaliseNumber } from '#seal';
import { type CitizenEnv, pageOf, readOwnForm } from '../context.ts';
import { first } from '../forms.ts';
import { type GenuineError, genuineFormPage, genuinePage } from '../pages/genuine.tsx';
import type { JourneyDeps } from '../standing.ts';
import { clientOf } from './status.tsx';

/** Whoever holds a paper of the office, a bank or a landlord abroad, finds out that it is genuine. Nothing is kept of it. */
export function genuineRoutes(deps: JourneyDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/echt', (c) => c.html(genuineFormPage(pageOf(c, deps, ''), { number: '', code: '' }, undefined)));

  app.post('/echt', async (c) => {
    const { fields } = await readOwnForm(c);
    const typed = { number: first(fields, 'number'), code: first(fields, 'code') };
    const refuse = (error: GenuineError, status: 422 | 429) =>
      c.html(genuineFormPage(pageOf(c, deps, ''), typed, error), status);
    const number = normaliseNumber(typed.number);
    const code = normaliseCode(typed.code);
    if (!number) return refuse({ field: 'number', code: 'notANumber' }, 422);
    if (!code) return refuse({ field: 'code', code: 'notACode' }, 422);
    const found = await deps.cases.checkPaper(number, code, clientOf(c, deps.config.proxies));
    if (found.kind === 'unknown') return refuse({ field: 'code', code: 'unknown' }, 422);
    if (found.kind === 'slowed') {
      c.header('Retry-After', String(found.retryAfterSeconds));
      return refuse({ field: 'code', code: 'slowed', seconds: found.retryAfterSeconds }, 429);
    }
    return c.html(genuinePage(pageOf(c, deps, ''), number, found));
  });

  return app;
}
