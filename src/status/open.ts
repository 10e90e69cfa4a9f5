import { randomUUID } from 'node:crypto';
import type { Payment } from '#payment';
import { othersOf, paidSum, paidText, type StrayMoney, strayOf } from '#receipt';
import { type CitizenContext, languageOf, pageOf } from '#visit';
import type { Page } from '#web';
import type { OpenCase } from './case-page.tsx';
import type { StatusDeps } from './deps.ts';

/** The case's page, also as the answer to a form of it: the bar's buttons lead back to the page, not to the form. */
export const casePageOf = (c: CitizenContext, deps: StatusDeps): Page =>
  pageOf(c, deps, '', { path: '/status/case' });

/** @returns the case that this visit has opened with number and code */
export async function openCase(c: CitizenContext, deps: StatusDeps): Promise<OpenCase | undefined> {
  const status = c.get('visit')?.secret.status;
  const view = status && (await deps.cases.forCitizen(status.caseId));
  if (!status || !view) return undefined;
  const payments = await deps.payments.ofCase(view.id);
  return {
    view,
    accessCode: status.accessCode,
    paid: await paidText(deps, payments, languageOf(c)),
    sum: view.may.withdraw ? paidSum(payments, languageOf(c)) : undefined,
    once: randomUUID(),
    came: await cameBefore(c, deps, payments),
  };
}

/** @returns money that came on pay pages which this visit has opened for what stood in the place of this case before */
async function cameBefore(
  c: CitizenContext,
  deps: StatusDeps,
  [own]: readonly Payment[],
): Promise<StrayMoney[]> {
  if (!own) return [];
  const { opened } = c.get('visit')?.secret ?? {};
  const others = await othersOf(deps.payments, opened, { slug: own.service, caseId: own.caseId });
  return strayOf(others, deps.city, languageOf(c));
}
