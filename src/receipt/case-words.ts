/** A citizen's case in words: where it stands and what happened, the same on its result, on the status page and on a receipt. */
import type { CitizenCase, CitizenEvent, Correction } from '#cases';
import { germanIn, type Language, longDate } from '#language';
import { civilDate } from '#time';
import { caseWords } from './words.ts';

/** @returns where the case stands, in a word or two */
export function stateTitle({ state, authority }: CitizenCase, language: Language): string {
  const w = caseWords(language);
  const name = germanIn(language, authority?.name ?? '');
  if (authority?.givenUp) return w.stateClosed;
  if (authority && state === 'new')
    return authority.reached ? w.stateThere({ name }) : w.stateOnItsWay({ name });
  const names = {
    unpaid: w.stateUnpaid,
    new: w.stateNew,
    working: w.stateWorking,
    waiting: w.stateWaiting,
    done: w.stateDone,
    rejected: w.stateRejected,
    withdrawn: w.stateWithdrawn,
  };
  return names[state];
}

/** @returns what the service says of that; undefined for cases from before that was kept */
export function stateText(
  { authority, stateText: said }: CitizenCase,
  language: Language,
): string | undefined {
  return authority?.givenUp
    ? caseWords(language).stateClosedText({ name: germanIn(language, authority.name) })
    : said[language];
}

/** @returns whether somebody had asked since its citizen wrote last */
function isAnswer({ history }: CitizenCase, event: CitizenEvent): boolean {
  const before = history.filter(({ kind, at }) => at < event.at && (kind === 'message' || kind === 'answer'));
  return before.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1)?.kind === 'message';
}

/** @returns what an entry of the history is called */
export function eventTitle(event: CitizenEvent, view: CitizenCase, language: Language): string {
  const w = caseWords(language);
  const { kind, actorKind } = event;
  const { authority } = view;
  if (actorKind === 'authority' && authority) {
    const name = germanIn(language, authority.name);
    if (kind === 'message') return w.messageFrom({ name });
    if (kind === 'decided') return w.decidedBy({ name });
  }
  const titles: Readonly<Record<CitizenEvent['kind'], string>> = {
    submitted: w.eventSubmitted,
    message: w.statusMessage,
    answer: isAnswer(view, event) ? w.statusYou : w.statusWrote,
    taken: w.eventTaken,
    accepted: w.eventAccepted,
    moved: w.eventMoved,
    corrected: w.eventCorrected,
    revoked: w.eventRevoked,
    decided: w.eventDecided,
    closed: w.eventClosed,
    feeKept: w.eventFeeKept,
    withdrawn: w.eventWithdrawn,
  };
  return titles[kind];
}

/** @returns one line that the office wrote anew, or that follows from one */
export function correctionText({ label, from, to, follows }: Correction, language: Language): string {
  const w = caseWords(language);
  const said = { label, from, to, gone: to === '' ? 'yes' : 'no', fresh: from === '' ? 'yes' : 'no' };
  return follows ? w.followed(said) : w.correction(said);
}

/** @returns what is said of each paper that the office took back: which, and whether there is another one by now */
export function revokedTexts(view: CitizenCase, language: Language): { title: string; text: string }[] {
  const w = caseWords(language);
  const day = (at: Date): string => longDate(civilDate(at), language);
  const over = view.state === 'rejected' || view.state === 'withdrawn';
  const then = view.state === 'done' ? w.revokedAnew : over ? w.revokedNone : w.revokedOpen;
  const title = view.state === 'done' ? w.revokedBefore : w.revokedTitle;
  return view.revoked.map(({ issuedAt, at }) => ({
    title,
    text: `${w.revoked({ issued: day(issuedAt), at: day(at) })} ${then}`,
  }));
}
