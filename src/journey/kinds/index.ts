/** The kinds of questions. A new kind is a new file and a line here (and its shape in `#service`). Groups are read by `read.ts`. */
import type { QuestionKind } from '#service';
import { address } from './address.ts';
import { chooseOne, chooseSome, country, declaration, yesNo } from './choice.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import type { Kind } from './kind.ts';
import { number } from './number.ts';
import { file, outcome, slot } from './outside.ts';
import { phone } from './phone.ts';
import { serialNumber } from './serial-number.ts';
import { longText, name, text } from './text.ts';

export const KINDS: Readonly<Record<Exclude<QuestionKind, 'group'>, Kind>> = {
  text,
  name,
  longText,
  number,
  date,
  yesNo,
  chooseOne,
  chooseSome,
  country,
  address,
  phone,
  email,
  serialNumber,
  file,
  declaration,
  slot,
  outcome,
};

export { notInNames, notInTexts } from './din91379.ts';
export { ERROR_CODES, type ErrorCode } from './errors.ts';
export { fieldErrors, Input, isRecord, type Kind, type Parsed, type Wording } from './kind.ts';
export { dateWithWeekday, euros, longDate, wholeNumber, words } from './say.ts';
