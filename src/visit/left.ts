/** What became of what somebody had begun when they leave: the farewell says it. */
import { isEnding, walk } from '#journey';
import { isOpen, isWatched } from '#payment';
import { momentOf } from '#time';
import { isBlank } from './forms.ts';
import { type Sent, sentIn } from './sent.ts';
import { type Draft, own, type Reply, type Visit } from './visit.ts';
import type { Visits } from './visits.ts';

/**
 * `unpaid`: and nobody will. `watched`: the same, but a pay page would still take the money, which is given back.
 * `unclear`: whether it was paid for is being found out. `earlier`: a pay page of something else would still take money, or has.
 * `answered`, `moved`, `withdrawn`: a case of somebody who had it already. `heard`: a register has answered.
 * `kept`: none of these is sure, or none of it anybody's business at a screen where nobody answered.
 */
export const LEFT = [
  'sent',
  'answered',
  'moved',
  'withdrawn',
  'heard',
  'unpaid',
  'watched',
  'unclear',
  'earlier',
  'dropped',
  'nothing',
  'kept',
] as const;
export type Left = (typeof LEFT)[number];

/** @returns whether nothing is written and nothing attached */
export const isEmpty = ({ text, files }: Reply): boolean => text === '' && files.length === 0;

/** @returns whether answers were given that would have been handed in here; who was led elsewhere has lost nothing */
function isUnsent(deps: Visits, slug: string, draft: Draft): boolean {
  const service = deps.catalogue.get(slug);
  if (service?.fulfilment !== 'case' || draft.seen.length === 0) return false;
  if (service.version !== draft.version) return true;
  const { next } = walk(service, draft, momentOf(deps.clock.now(), deps.reference.isHoliday));
  return next === undefined || !isEnding(next);
}

/** @returns whether something of this page or another was typed there and not sent yet */
const isTyped = ({ unsent }: Draft): boolean =>
  Object.values(unsent ?? {}).some(({ fields }) => !isBlank(fields));

/** @returns whether the end of the visit would take away what somebody has said or written here and not handed in yet */
export function isLossIn(deps: Visits, { secret }: Visit): boolean {
  const { drafts, paying, status } = secret;
  const waits = Object.values(paying ?? {}).some(({ told }) => !told);
  const isUnsaid = Object.entries(drafts).some(
    ([slug, draft]) =>
      !own(paying, slug) &&
      (isUnsent(deps, slug, draft) || (deps.catalogue.get(slug)?.fulfilment === 'case' && isTyped(draft))),
  );
  return waits || isUnsaid || (status?.reply !== undefined && !isEmpty(status.reply));
}

/** @returns whether a pay page was opened of what is not waited for any more, and somebody may pay there, or has */
async function isPaidBefore({ payments }: Visits, { secret }: Visit): Promise<boolean> {
  const waits = Object.values(secret.paying ?? {}).map(({ caseId }) => caseId);
  const opened = await Promise.all((secret.opened ?? []).map((id) => payments.progress(id)));
  return opened.some(
    (one) => one && !waits.includes(one.caseId) && (one.watched || (one.state === 'paid' && one.stray)),
  );
}

/** What became of it all, by which number the office knows what is unclear, and what was handed in. */
export interface Leftovers {
  left: readonly Left[];
  numbers: readonly string[];
  sent: readonly Sent[];
}

/** @param visit as it was when the end was pressed; asked for after paying was stopped */
export async function leftIn(deps: Visits, visit: Visit): Promise<Leftovers> {
  const { secret } = visit;
  const { drafts, receipts, status } = secret;
  const paying = Object.entries(secret.paying ?? {});
  const left: Left[] = Object.keys(receipts).length > 0 ? ['sent'] : [];
  left.push(...(secret.came ?? []));
  const numbers: string[] = [];
  for (const [, { caseId, number }] of paying) {
    const payments = await deps.payments.ofCase(caseId);
    if (payments.some(({ state }) => isOpen(state))) {
      left.push('unclear');
      numbers.push(number);
    } else if (payments.some(({ state }) => state === 'paid')) left.push('kept');
    else left.push(payments.some(isWatched) ? 'watched' : 'unpaid');
  }
  if (await isPaidBefore(deps, visit)) left.push('earlier');
  const isPaying = (slug: string): boolean => paying.some(([one]) => one === slug);
  const unsent = Object.entries(drafts).some(
    ([slug, draft]) => !isPaying(slug) && isUnsent(deps, slug, draft),
  );
  if (unsent || (status?.reply && !isEmpty(status.reply))) left.push('dropped');
  if (left.length === 0) left.push(Object.keys(drafts).length > 0 || status ? 'kept' : 'nothing');
  return { left, numbers, sent: await sentIn(deps, receipts) };
}
