/** A compiled service and somebody's answers become the next page, errors, review and submission. Pure, but for `checkFolder`. */

export type { ErrorCode } from '#kinds';
export { carryOver } from './carry-over.ts';
export { type Checked, checkFolder } from './check.ts';
export { withoutStrayOutcomes } from './device.ts';
export { filesIn } from './files.ts';
export { fillText } from './fill-text.ts';
export { applyGroupAction, type GroupOutcome } from './groups.ts';
export {
  isFromId,
  isLocked,
  toldInPart,
  toldWrong,
  withIdentity,
  withoutIdentity,
} from './identify.ts';
export { toldByLetter } from './letter.ts';
export { meansWord } from './means-words.ts';
export { type BrokenRule, brokenRules, withAnswer } from './paper-rules.ts';
export { ANY_CITY, playPure } from './play.ts';
export { sameAnswer } from './play-outcome.ts';
export type { PlayPeople, PlayProblem, PlayResult, PlaySlots } from './play-types.ts';
export { fieldsOfAnswer, formFieldsOf, readAnswer, readPage } from './read.ts';
export { type ReviewFormat, readableAnswer, readableValue } from './readable.ts';
export { readableFields } from './readable-fields.ts';
export { review, submission } from './review.ts';
export type * from './types.ts';
export { isEnding, walk } from './walk.ts';
