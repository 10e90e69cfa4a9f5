/** What was handed in to be paid for, and has come in since: somebody paid and never came back to the page that says so. */
import { randomUUID } from 'node:crypto';
import { walk } from '#journey';
import { isOpen, isWatched, type Payment, type PaymentProgress } from '#payment';
import { momentOf } from '#time';
import {
  type CitizenContext,
  type Draft,
  digestOf,
  isPayer,
  ledOn,
  moveOnWith,
  own,
  payerBond,
  shownMarks,
  unlessGone,
  type Visit,
} from '#visit';
import type { ErrandDeps } from './deps.ts';

/** Nobody has number and code but by this visit: an office that was away may come back, and its person finds them. */
export const RECEIPT_OPEN_MS = 15 * 60_000;

/** How it stands with the payments of a case. */
interface PaymentsNow {
  payments: readonly Payment[];
  /** The one that is not decided, asked about just now. */
  now: PaymentProgress | undefined;
  isPaid: boolean;
}

/** Asks the pay page or the card terminal where a payment of the case is not decided yet. */
export async function askPayments({ payments: till }: ErrandDeps, caseId: string): Promise<PaymentsNow> {
  const payments = await till.ofCase(caseId);
  const live = payments.find(({ state }) => isOpen(state));
  const now = live && (await till.ask(live.id));
  const isPaid = now?.state === 'paid' || payments.some(({ state, stray }) => state === 'paid' && !stray);
  return { payments, now, isPaid };
}

/** Asks the pay pages of the case that are over here, and would still take the money. */
export async function askWatched({ payments: till }: ErrandDeps, caseId: string): Promise<void> {
  const watched = (await till.ofCase(caseId)).filter(isWatched);
  await Promise.all(watched.map(({ id }) => till.ask(id)));
}

/**
 * Asks only where a payment of this service has been begun in the visit.
 * @returns the way to the result of what has been paid for meanwhile, which the visit holds from now on
 */
export async function toCameIn(
  c: CitizenContext,
  deps: ErrandDeps,
  slug: string,
): Promise<Response | undefined> {
  const visit = c.get('visit');
  const receipt = own(visit?.secret.paying, slug);
  if (!visit || !receipt) return undefined;
  const { isPaid } = await askPayments(deps, receipt.caseId);
  if (!isPaid) return undefined;
  return isPayer(c, receipt) ? keepPaid(c, deps, visit, slug) : c.redirect(`/service/${slug}/pay`, 303);
}

/**
 * It is paid: the case has been handed in with that, and the person gets the receipt. Answers that were changed since are
 * no part of it; they stay, to be handed in as another case. The visit gets a new key with it: number and code are for
 * nobody who knew it before, and only for the browser that has handed in.
 * @returns the way to its result
 */
export async function keepPaid(
  c: CitizenContext,
  deps: ErrandDeps,
  visit: Visit,
  slug: string,
): Promise<Response> {
  const path = `/service/${slug}/done`;
  const paying = own(visit.secret.paying, slug);
  if (!paying) return c.redirect(path, 303);
  const step = {
    digest: digestOf(`paid ${paying.key}`),
    bond: payerBond(c, paying),
    path,
    openMs: RECEIPT_OPEN_MS,
  };
  const moved = moveOnWith(c, deps, visit, step, (secret) => {
    const paid = secret.paying?.[slug];
    if (!paid) return;
    const { shown, told: _told, payer: _payer, ...receipt } = paid;
    secret.receipts[slug] = receipt;
    delete secret.paying?.[slug];
    const draft = secret.drafts[slug];
    if (draft?.key !== receipt.key) return;
    if (isChanged(deps, slug, draft, shown)) secret.drafts[slug] = { ...draft, key: randomUUID() };
    else delete secret.drafts[slug];
  });
  try {
    await moved;
  } catch (error) {
    unlessGone(error);
    // Another tab was faster.
    return (await ledOn(c, deps)) ?? c.redirect(path, 303);
  }
  return c.redirect(path, 303);
}

/** @returns whether the answers have been changed since they were handed in to be paid for: they may cost something else */
export function isOfOtherAnswers(deps: ErrandDeps, { secret }: Visit, slug: string): boolean {
  const paying = own(secret.paying, slug);
  const draft = own(secret.drafts, slug);
  if (!paying || !draft) return false;
  return draft.key !== paying.key || isChanged(deps, slug, draft, paying.shown);
}

/** @returns whether a draft says something else than what was handed in from it */
function isChanged(deps: ErrandDeps, slug: string, draft: Draft, shown: string): boolean {
  const service = deps.catalogue.get(slug);
  if (service?.version !== draft.version) return false;
  const walked = walk(service, draft, momentOf(deps.clock.now(), deps.reference.isHoliday));
  return shownMarks({ draft, walked })._shown !== shown;
}
