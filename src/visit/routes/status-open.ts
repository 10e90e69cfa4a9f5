import { randomUUID } from 'node:crypto';
import type { Page } from '#web';
import { type CitizenContext, languageOf, pageOf } from '../context.ts';
import type { OpenCase } from '../pages/status-case.tsx';
import { paidText } from '../paid.tsx';
import type { JourneyDeps } from '../standing.ts';

/** The case's page, also as the answer to a form of it: the bar's buttons lead back to the page, not to the form. */
export const casePageOf = (c: CitizenContext, deps: JourneyDeps): Page =>
  pageOf(c, deps, '', { path: '/status/case' });

/** @returns the case that this visit has opened with number and code */
export async function openCase(c: CitizenContext, deps: JourneyDeps): Promise<OpenCase | undefined> {
  const status = c.get('visit')?.secret.status;
  const view = status && (await deps.cases.forCitizen(status.caseId));
  if (!status || !view) return undefined;
  const paid = await paidText(deps, view.id, languageOf(c));
  return { view, accessCode: status.accessCode, paid, once: randomUUID() };
}
