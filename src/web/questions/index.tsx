/** Questions as form fields. Their kinds say as data how they are asked (`Asks`); each way of asking is drawn here, once. */
import { type Asks, type CompiledQuestion, kindOf } from '#kinds';
import type { Html } from '../jsx/jsx-runtime.ts';
import { AddressField } from './address.tsx';
import { ChoiceField, DeclarationField, YesNoField } from './choice.tsx';
import { CountedField, NumberField } from './count.tsx';
import { CountryField } from './country.tsx';
import { DateField } from './date.tsx';
import { FileField } from './file.tsx';
import { QuestionHeading } from './frame.tsx';
import { GroupField } from './group.tsx';
import { SlotField } from './slot.tsx';
import { LineField, LongField } from './text.tsx';
import { type Asked, type AskedTexts, ask, type Drawn, type QuestionView } from './view.ts';

const DRAWINGS: { [As in Asks['as']]: (props: Drawn<As>) => Html } = {
  line: LineField,
  lines: LongField,
  count: NumberField,
  date: DateField,
  yesNo: YesNoField,
  options: ChoiceField,
  counted: CountedField,
  country: CountryField,
  address: AddressField,
  file: FileField,
  declaration: DeclarationField,
  slot: SlotField,
  entries: (props) => <GroupField {...props} render={render} />,
  // The page shows how the step went.
  nothing: () => <></>,
};

function render(asked: Asked): Html {
  const how = kindOf(asked.question).asks(asked.question);
  // The table holds for each way of asking the drawing of that very way.
  const draw = DRAWINGS[how.as] as (props: { asked: Asked; how: Asks }) => Html;
  return draw({ asked, how });
}

const ONE_ANSWER: readonly Asks['as'][] = ['options', 'yesNo', 'slot', 'declaration'];

/** @returns whether a date is whole and not far away: then its calendar is the nearest way to it */
function isNear(question: CompiledQuestion, how: Asks): boolean {
  return how.as === 'date' && !how.partial && question.autocomplete !== 'bday';
}

/**
 * @returns whether that is all a page asks, and one answer of a few, a sentence to confirm or a day of the calendar: then a touch
 * on it can go on
 */
export function isOneAnswer([only, ...others]: readonly CompiledQuestion[]): boolean {
  if (only === undefined || others.length > 0) return false;
  const how = kindOf(only).asks(only);
  return isNear(only, how) || (ONE_ANSWER.includes(how.as) && !('one' in how && !how.one));
}

/**
 * A question as form fields named after its id, with label, hint and errors.
 * @param texts the service's texts in the person's language, placeholders filled
 * @param view what stands in the fields and what is wrong with it
 */
export function renderQuestion(question: CompiledQuestion, texts: AskedTexts, view: QuestionView): Html {
  return render(ask(question, texts, view));
}

/**
 * The label and the hint of a question that is a page's only one, as its heading; the question itself is rendered with
 * `heading`, and says them no more.
 */
export function questionHeading(question: CompiledQuestion, texts: AskedTexts, view: QuestionView): Html {
  return <QuestionHeading asked={ask(question, texts, { ...view, heading: true })} />;
}

export { CountedSum } from './count.tsx';
export { FileKept, FilePicker } from './file.tsx';
export type { QuestionView, SlotChoice } from './view.ts';
