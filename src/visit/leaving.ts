/** The end of a visit: everything is forgotten, but for what its person must see first. */

import type { Tx } from '#db';
import type { FormFields } from '#journey';
import { walk } from '#journey';
import { isOpen } from '#payment';
import { momentOf } from '#time';
import { first } from './forms.ts';
import { submissionKeyOf } from './marks.ts';
import { safeReturn } from './own-form.ts';
import { own, type Unseen, type Visit, type VisitReceipt } from './visit.ts';
import type { Visits } from './visits.ts';

/** How somebody leaves. */
export interface Leaving {
  /** Nobody answered the question whether anybody is there, or somebody who may be another said no. */
  unattended: boolean;
  /** The service on whose journey the end was pressed. */
  within: string | undefined;
}

/** @returns how somebody leaves, as the form says it that ends the visit */
export function leavingOf(fields: FormFields): Leaving {
  const [, within] = /^\/service\/([\w-]+)\/(?!done$)/.exec(safeReturn(fields)) ?? [];
  return { unattended: first(fields, '_idle') !== '', within };
}

/**
 * Frees what the visit held and what nobody will pay for any more, and destroys it. Whoever presses the end while the
 * answer to handing in is on its way never gets that answer: what was handed in, or paid for, and was not seen yet, is
 * shown first. Never where nobody may be there any more: number and code are nothing for the next person.
 * @returns the visit that holds nothing but that, and where it is shown; undefined when all is over
 */
export async function endVisit(
  deps: Visits,
  visit: Visit,
  leaving: Leaving,
): Promise<{ visit: Visit; path: string } | undefined> {
  const paying = await leavePayments(deps, visit);
  const unpaid: string[] = [];
  const current = await deps.store.end(visit, async (tx, last) => {
    const found = await handedIn(deps, tx, last, unpaid, paying);
    if (leaving.unattended) return undefined;
    const receipts = { ...unseenIn(last, leaving), ...found };
    return Object.keys({ ...receipts, ...paying }).length > 0 ? { receipts, paying } : undefined;
  });
  await deps.booking.release(visit.id);
  for (const caseId of unpaid) await deps.payments.leave(caseId);
  if (!current) return undefined;
  const [due] = Object.keys(paying);
  const [done] = Object.keys(current.secret.receipts);
  return { visit: current, path: due ? `/service/${due}/pay` : `/service/${done}/done` };
}

/** Stops paying. @returns what has been paid for by now, or will be: the card terminal has said yes */
async function leavePayments(deps: Visits, visit: Visit): Promise<NonNullable<Unseen['paying']>> {
  const paid: NonNullable<Unseen['paying']> = {};
  for (const [slug, receipt] of Object.entries(visit.secret.paying ?? {})) {
    await deps.payments.leave(receipt.caseId);
    const payments = await deps.payments.ofCase(receipt.caseId);
    const isPaid = payments.some(
      ({ state, stray, trace }) =>
        !stray && (state === 'paid' || (isOpen(state) && trace !== null && !receipt.told)),
    );
    // Should that never become certain here, nobody is kept from leaving.
    if (isPaid) paid[slug] = { ...receipt, told: true };
  }
  return paid;
}

/** Receipts that were never on the screen. Who presses on a page of the journey they ended has not seen where it led. */
function unseenIn({ secret }: Visit, { within }: Leaving): Record<string, VisitReceipt> {
  const unseen = Object.entries(secret.receipts).filter(
    ([slug, { seen }]) => !seen || (slug === within && !secret.drafts[slug]),
  );
  return Object.fromEntries(unseen);
}

/**
 * @param unpaid gets the cases that were written to be paid for, and will not be
 * @param paying gets what has been paid for meanwhile: number and code are shown where the visit is led in with it
 * @returns what was handed in from drafts that the visit still holds: its own answer comes too late to say so
 */
async function handedIn(
  deps: Visits,
  tx: Tx,
  { secret }: Visit,
  unpaid: string[],
  paying: NonNullable<Unseen['paying']>,
): Promise<Record<string, VisitReceipt>> {
  const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
  const receipts: Record<string, VisitReceipt> = {};
  for (const [slug, draft] of Object.entries(secret.drafts)) {
    const service = deps.catalogue.get(slug);
    if (service?.version !== draft.version) continue;
    const key = submissionKeyOf({ draft, walked: walk(service, draft, moment) });
    const receipt = await deps.cases.handedIn(tx, service, key);
    if (!receipt) continue;
    const { caseId, number, accessCode, code } = receipt;
    const due = own(secret.paying, slug);
    if (due?.caseId === caseId && !receipt.unpaid) paying[slug] = { ...due, told: true };
    else if (receipt.unpaid) unpaid.push(caseId);
    else receipts[slug] = { key: draft.key, caseId, number, accessCode, code };
  }
  return receipts;
}
