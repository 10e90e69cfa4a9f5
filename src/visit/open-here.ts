/** What is still open in a visit, said before another one takes its place. */
import type { Language } from '#language';
import type { Visit } from './visit.ts';
import type { Visits } from './visits.ts';

/** What a visit of this browser holds that its person would miss. */
export interface OpenHere {
  /** Titles of services that were begun, or wait for their payment. */
  begun: readonly string[];
  /** Whether there is an answer to the office that was not sent. */
  reply: boolean;
  /** Whether number and code of something that was handed in can still be looked at. */
  receipts: boolean;
}

/** @returns what another visit in its place would take away; undefined where that is nothing */
export function openIn(
  deps: Pick<Visits, 'catalogue'>,
  visit: Visit | undefined,
  language: Language,
): OpenHere | undefined {
  if (!visit) return undefined;
  const { drafts, paying, receipts, status } = visit.secret;
  const answered = Object.entries(drafts).filter(
    ([, { answers, unsent }]) => unsent || Object.keys(answers).length > 0,
  );
  const slugs = new Set([...answered.map(([slug]) => slug), ...Object.keys(paying ?? {})]);
  const begun = [...slugs].flatMap((slug) => deps.catalogue.get(slug)?.texts[language].title ?? []);
  const open = { begun, reply: status?.reply !== undefined, receipts: Object.keys(receipts).length > 0 };
  return slugs.size > 0 || open.reply || open.receipts ? open : undefined;
}
