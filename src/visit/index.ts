/**
 * A person at a screen: their visit with its cookie and its sealed drafts, what all their pages have in common, how they
 * read, the way to the phone, and the end.
 */

export { goingTo } from './appointment.ts';
export { citizen } from './citizen.ts';
export { CodeField, type Wrong } from './code-field.tsx';
export { type CodeError, codeErrorSaid, codePage } from './code-page.tsx';
export {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
  COOKIE,
  clearVisitCookie,
  clientOf,
  languageOf,
  lookIn,
  mayLeadTo,
  pageOf,
  pageWithoutVisit,
  screenOf,
  setBond,
  settingsOf,
  setVisitCookie,
  takerOf,
  takeShare,
  WELCOME_URL,
} from './context.ts';
export type { Equipment, VisitDeps } from './deps.ts';
export { Ending } from './ending.tsx';
export { type DraftFiles, takeIn } from './files.ts';
export { first, isBlank, readForm, type SentForm, typedOf } from './forms.ts';
export { helpUrl } from './help-url.ts';
export { isEmpty } from './left.ts';
export type { FormKeeper, KeptForm } from './look.ts';
export { isMachine, terminalsOf } from './machine.ts';
export { isWhatWasShown, markOf, shownMarks, submissionKeyOf } from './marks.ts';
export { bondFor, digestOf, type KeyChange, moveOnWith } from './new-key.ts';
export { createNews } from './news.ts';
export { noDatesPage } from './no-dates.tsx';
export { noticePage } from './notice.tsx';
export { handsIn, readOwnForm, requireSameOrigin, returnTo, takesFiles } from './own-form.ts';
export { isPayer, payerBond, payerIn } from './payer.ts';
export { paperUrl, savePaper, sendPaper } from './phone-paper.ts';
export { PaperCode, TakeAlong } from './phone-paper-pages.tsx';
export type { FileToTake } from './phone-papers.ts';
export { GoingCard, Hotline, OfficeCard, PlaceEntry, SiteCard } from './places.tsx';
export {
  BEGUN,
  BeginAgain,
  ENDED,
  NOTHING,
  NothingBegun,
  overIn,
  ranOutPage,
  VisitEnded,
  VisitOver,
} from './ran-out.tsx';
export { Renewed } from './renewed.tsx';
export { visitRoutes } from './routes.ts';
export { readPair, slipCode, slipText, type TypedPair, type TypedSlip } from './slips.ts';
export { sayNotFound, sayTrouble } from './trouble.ts';
export { findSaid, Said, saidIn, typedAgain } from './typed-again.tsx';
export {
  type Done,
  type Draft,
  noteCame,
  type Over,
  own,
  type Reply,
  type TypedAway,
  type Unsent,
  unlessGone,
  type Visit,
  VisitGoneError,
  type VisitReceipt,
  type VisitSecret,
} from './visit.ts';
export { ensureVisit, ledOn, openVisits, sweepVisits, type Visits } from './visits.ts';
