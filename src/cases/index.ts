/** Cases: what was handed in, sealed for the office that decides on it, with a number, a state and a history. */
export { type Cases, createCases } from './cases.ts';
export { arriving, createDeskChannel, DESK } from './desk-channel.ts';
export { overdueBefore } from './due.ts';
export {
  changedUnderVersion,
  type PublishedSchema,
  publishedSchemas,
  publishServices,
} from './edition.ts';
export {
  BeforeDateError,
  CaseFullError,
  CaseNotFoundError,
  NotComparedError,
  PaperLinesError,
  TransitionError,
  VersionConflictError,
} from './errors.ts';
export type { PaperChecked, PrintedPaper } from './issue.ts';
export { statusLink, statusPage, typeable } from './links.ts';
export { hasDueOrder } from './list.ts';
export type { ReceiptExtra } from './papers.ts';
export type { CaseBooking, CaseCity, CaseDeps, CaseWords } from './ports.ts';
export type { CaseContent, Correction, OfficialPaper, PaperEntry, Shown } from './sealed.ts';
export { type CaseAction, isClosed, transition } from './state.ts';
export type * from './types.ts';
