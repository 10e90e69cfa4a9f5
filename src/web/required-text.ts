/** What to do about a question that has no answer yet, made from its own label. A service can say it better: `errors.required`. */
import { type CompiledQuestion, kindOf } from '#kinds';
import { type Language, withoutMarks } from '#language';
import { endsIn, openEnded } from './label-end.ts';
import { requiredWords } from './said.ts';

/** How a label speaks: a question, the beginning of a sentence, or what is asked for. */
type Form = 'question' | 'stem' | 'plain';

function formOf(label: string): Form {
  if (endsIn(label, '?؟')) return 'question';
  return endsIn(label, '…') || withoutMarks(label).endsWith('...') ? 'stem' : 'plain';
}

/** A label at the end of a sentence: with its own full stop where it ends without any. */
const ended = (label: string): string => (endsIn(label, '?؟!.…') ? label : `${label}.`);

/**
 * @param question that has no answer
 * @param label of it, as it stands on the screen
 * @param part '' for the question as a whole, or the part of an address
 * @returns one sentence that says what to do
 */
export function requiredText(
  question: CompiledQuestion,
  label: string,
  part: string,
  language: Language,
): string {
  const words = requiredWords(language);
  if (part === 'street' || part === 'postcode' || part === 'city' || part === 'country') return words[part];
  const said = openEnded(label, ':');
  const { demand } = kindOf(question);
  if (demand === 'date' || demand === 'file') return words[demand]({ label: ended(said) });
  const form = formOf(said);
  return words[`${demand}_${form}`]({ label: form === 'plain' ? openEnded(said, '.') : said });
}

/** @returns what to do about a group with too few entries, or too many */
export function entriesText(
  label: string,
  bound: { least: number } | { most: number },
  language: Language,
): string {
  const words = requiredWords(language);
  const said = ended(openEnded(label, ':'));
  return 'least' in bound
    ? words.add({ label: said, least: bound.least })
    : words.addLess({ label: said, most: bound.most });
}
