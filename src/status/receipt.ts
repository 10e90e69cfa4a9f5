import type { CitizenCase, CitizenEvent, ReceiptExtra } from '#cases';
import { isGerman, type Language, longDate } from '#language';
import {
  correctionText,
  eventTitle,
  keptText,
  paidText,
  revokedTexts,
  stateText,
  stateTitle,
} from '#receipt';
import { civilDate } from '#time';
import type { StatusDeps } from './deps.ts';
import { statusWords } from './words.ts';

/** A paper that says "the reason is below" has it below: what was decided is read from it without this office. */
const REASONED: ReadonlySet<CitizenEvent['kind']> = new Set(['decided', 'closed', 'revoked', 'feeKept']);
const isReason = ({ kind, text, actorKind }: CitizenEvent): boolean =>
  text !== undefined && (REASONED.has(kind) || (kind === 'message' && actorKind === 'authority'));

/** What became of the case since it was handed in; nothing where it is as it was. A receipt printed later is not an old one. */
function linesSince(view: CitizenCase, language: Language, phone: string): string[] {
  const w = statusWords(language);
  const later = view.history.filter(({ kind }) => kind !== 'submitted');
  if (later.length === 0) return [];
  const moved = later.findLast(({ kind }) => kind === 'moved');
  const changes = later.filter(
    (event) => event.corrections !== undefined || isReason(event) || (event === moved && view.booking),
  );
  const state = [stateTitle(view, language), stateText(view, language)].filter((text) => text !== undefined);
  return [
    state.join(': '),
    ...changes.flatMap((event) => {
      const day = longDate(civilDate(event.at), language);
      const details = event.corrections?.[language].map((one) => correctionText(one, language)) ?? [
        ...(view.booking ? [`${w.statusDate}: ${longDate(view.booking.slot.date, language)}`] : []),
      ];
      const what = `${eventTitle(event, view, language)}, ${day}.`;
      // The office writes German: in a line of its own that runs as German does, whatever the paper speaks.
      return isReason(event) && event.text !== undefined
        ? [what, event.text]
        : [[what, ...details].join(' ')];
    }),
    ...(!isGerman(language) && changes.some(isReason) ? [w.statusOfficeWrites({ phone })] : []),
    ...revokedTexts(view, language).map(({ text }) => text),
  ];
}

/** What a receipt says beside the case itself, true on the day it is printed. */
export async function receiptExtra(
  deps: Pick<StatusDeps, 'cases' | 'payments' | 'clock' | 'city'>,
  caseId: string,
  language: Language,
): Promise<ReceiptExtra> {
  const view = await deps.cases.forCitizen(caseId);
  if (!view) return {};
  const lines = linesSince(view, language, deps.city.phone115);
  const today = longDate(civilDate(deps.clock.now()), language);
  return {
    paid: await paidText(deps, await deps.payments.ofCase(caseId), language),
    kept: keptText(view, language),
    since:
      lines.length > 0 ? { title: statusWords(language).receiptSince({ day: today }), lines } : undefined,
  };
}
