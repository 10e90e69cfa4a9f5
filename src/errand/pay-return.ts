import type { PaymentProgress } from '#payment';
import { isStray, strayText } from '#receipt';
import { type CitizenContext, own, pageOf } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { payReturnPage } from './pay-return-page.tsx';

/**
 * Somebody comes back from a pay page. It is asked about that payment before anything is said of it, also when the payment was
 * given up or replaced meanwhile. Who is not the visit that opened it is told the same for every id: the address proves nothing.
 */
export async function backFromPage(
  c: CitizenContext,
  deps: ErrandDeps,
  { slug, payment }: { slug: string; payment: string },
): Promise<Response> {
  const secret = c.get('visit')?.secret;
  const held = [own(secret?.paying, slug), own(secret?.receipts, slug)].flatMap((one) => one?.caseId ?? []);
  const pay = `/service/${encodeURIComponent(slug)}/pay`;
  const page = pageOf(c, deps, '');
  if (!secret?.opened?.includes(payment)) {
    // Not waited for: how long it takes would tell whether there is such a payment.
    void deps.payments.ask(payment).catch(() => undefined);
    return held.length > 0 ? c.redirect(pay, 303) : c.html(payReturnPage(page, undefined, { next: '/' }));
  }
  const now = await deps.payments.ask(payment);
  if (now && isStray(now)) {
    const twice = (await deps.cases.find(now.caseId)) !== undefined;
    const text = strayText(now, deps.city, page.language);
    return c.html(payReturnPage(page, { cents: now.amountCents, twice, text }, { next: pay }));
  }
  if (!now || held.includes(now.caseId) || isUnpaid(now)) return c.redirect(pay, 303);
  const again = now.state === 'paid' ? undefined : c.req.path;
  return c.html(payReturnPage(page, undefined, { next: pay, again }));
}

/** @returns whether it is sure that nobody has paid, or will: there is nothing to say of it then */
function isUnpaid({ state, watched }: PaymentProgress): boolean {
  return state === 'failed' && !watched;
}
