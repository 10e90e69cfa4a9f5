import type { CompiledQuestion, QuestionKind } from '#service';
import type { Html } from '../jsx/jsx-runtime.ts';
import { AddressField } from './address.tsx';
import { ChoiceField, DeclarationField, SlotField, YesNoField } from './choice.tsx';
import { CountedField, NumberField } from './count.tsx';
import { CountryField } from './country.tsx';
import { DateField } from './date.tsx';
import { FileField } from './file.tsx';
import { GroupField } from './group.tsx';
import { LineField, LongField } from './text.tsx';
import { type Asked, type AskedTexts, ask, type QuestionView } from './view.ts';

/** One way of asking for each kind of question. */
const FIELDS: Record<QuestionKind, (props: { asked: Asked }) => Html> = {
  text: LineField,
  name: LineField,
  phone: LineField,
  email: LineField,
  serialNumber: LineField,
  longText: LongField,
  number: NumberField,
  date: DateField,
  yesNo: YesNoField,
  chooseOne: ChoiceField,
  chooseSome: (props) => (props.asked.question.counted ? CountedField(props) : ChoiceField(props)),
  country: CountryField,
  address: AddressField,
  file: FileField,
  declaration: DeclarationField,
  slot: SlotField,
  // Nobody is asked for it: the page shows how the step went.
  outcome: () => <></>,
  group: (props) => <GroupField asked={props.asked} render={render} />,
};

function render(asked: Asked): Html {
  return FIELDS[asked.question.kind]({ asked });
}

/**
 * A question as form fields named after its id, with label, hint and errors.
 * @param texts the service's texts in the person's language, placeholders filled
 * @param view what stands in the fields and what is wrong with it
 */
export function renderQuestion(question: CompiledQuestion, texts: AskedTexts, view: QuestionView): Html {
  return render(ask(question, texts, view));
}

export { FileKept, FilePicker } from './file.tsx';
export type { QuestionView, SlotChoice } from './view.ts';
