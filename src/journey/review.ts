/** Answers as people read them: the review page, the receipt, the clerk's view, and `{names}` in texts. */
import {
  type Answer,
  answerWords,
  type CompiledQuestion,
  entriesOf,
  kindOf,
  nameOfPart,
  readableAddress,
} from '#kinds';
import type { Language } from '#language';
import type { CompiledPage, CompiledService, ServiceTexts } from '#service';
import { fillText } from './fill-text.ts';
import { isFromId } from './identify.ts';
import { letterToLabel, meansLabel, meansWord, ownWords } from './means-words.ts';
import { CODES, type ReviewFormat, readableAnswer, readableValue } from './readable.ts';
import type { Identified, ReviewLine, ReviewSection, Submission, Walk } from './types.ts';

/**
 * @param walked where the person stands; only answers that count appear
 * @returns the pages with something to show, in order. An optional question without an answer says so; a computed value with a
 * label follows the page that completes it.
 */
export function review(
  service: CompiledService,
  walked: Walk,
  language: Language,
  format: ReviewFormat = CODES,
): ReviewSection[] {
  const texts = service.texts[language];
  return walked.pages.flatMap((page) => {
    const asked = page.questions.filter((question) => kindOf(question).asked);
    const lines = asked.flatMap((question) => linesOf(question, walked, texts, language, format));
    if (page.identify && walked.identity)
      lines.unshift(...identityLines(page, walked.identity, language, format));
    for (const each of service.computed) {
      const value = walked.computed[each.id];
      const label = texts.computed[each.id];
      if (each.after !== page.id || value === undefined || label === undefined) continue;
      lines.push({
        field: each.id,
        label,
        value: readableValue(value, each, language),
        file: undefined,
      });
    }
    const fill = (text: string): string => fillText(text, walked, language, format);
    const title = fill(texts.pages[page.id]?.title ?? page.id);
    const shown = lines.map((line) => ({ ...line, label: fill(line.label) }));
    return shown.length > 0 ? [{ page: page.id, title, lines: shown }] : [];
  });
}

/**
 * With what the person has shown who they are: some authorities may take few means only. A code by letter says nothing of
 * who holds it, so it stands beside whom the office wrote to.
 */
function identityLines(
  page: CompiledPage,
  { means, addressee }: Identified,
  language: Language,
  { country }: ReviewFormat,
): ReviewLine[] {
  const shown = { field: page.id, label: meansLabel(language), value: meansWord(means, language) };
  if (!addressee) return [{ ...shown, file: undefined }];
  const address = readableAddress({ ...addressee.address }, country);
  const value = `${addressee.name}, ${address}`;
  const letter = { field: `${page.id}.letterTo`, label: letterToLabel(language), value };
  return [shown, letter].map((line) => ({ ...line, file: undefined }));
}

function linesOf(
  question: CompiledQuestion,
  walked: Walk,
  texts: ServiceTexts,
  language: Language,
  format: ReviewFormat,
): ReviewLine[] {
  const answer = walked.answers[question.id];
  const entries = entriesOf(question, answer);
  if (entries) {
    const entry = texts.questions[question.id]?.entry ?? '';
    return entries.flat().map(({ question: inner, index, answer: value, part }) => {
      const line = lineOf(inner, `${question.id}.${inner.id}`, value, texts, language, format);
      const name = `${entry} ${index + 1}`.trim();
      return { ...line, field: nameOfPart(question.id, part), label: `${name}: ${line.label}` };
    });
  }
  const line = lineOf(question, question.id, answer, texts, language, format);
  if (line.open || !isOwnWord(question, line.value, walked, texts, language, format)) return [line];
  const own = ownWords(language);
  return [{ ...line, mark: line.mark === undefined ? own : `${line.mark}, ${own}` }];
}

/**
 * Where an ID has told the same things, an answer that it did not tell looks as sure as what it told, unless it says so.
 * @returns whether an ID could have told it and somebody has said it themselves, or otherwise
 */
function isOwnWord(
  question: CompiledQuestion,
  value: string,
  walked: Walk,
  texts: ServiceTexts,
  language: Language,
  format: ReviewFormat,
): boolean {
  const { from, id } = question;
  const { read, attributes = {} } = walked.identity ?? {};
  if (from === undefined || read === undefined || Object.keys(attributes).length === 0) return false;
  if (from.locked && isFromId(question, walked)) return false;
  const told = read[id];
  return told === undefined || readableAnswer(question, id, told, texts, language, format) !== value;
}

function lineOf(
  question: CompiledQuestion,
  key: string,
  answer: Answer | undefined,
  texts: ServiceTexts,
  language: Language,
  format: ReviewFormat,
): ReviewLine {
  const value =
    answer === undefined
      ? answerWords(language).none
      : readableAnswer(question, key, answer, texts, language, format);
  const { mark, file } = answer === undefined ? {} : kindOf(question).beside(question, answer, language);
  const label = texts.questions[key]?.label ?? key;
  return {
    ...{ field: question.id, label, value, file },
    ...(answer === undefined && { open: true }),
    ...(mark !== undefined && { mark }),
  };
}

function proofOf({ identity }: Walk): Submission['identity'] {
  if (!identity) return undefined;
  const { provider, level, means, at } = identity;
  return { provider, level, means, at };
}

/**
 * @returns what is handed in: the answers that count and the values worked out from them
 * @throws Error when a page is not complete; nothing is ever handed in half
 */
export function submission(service: CompiledService, walked: Walk): Submission {
  if (walked.next) throw new Error(`page ${walked.next.id} of ${service.slug} is not complete`);
  return {
    service: service.slug,
    version: service.version,
    answers: walked.answers,
    computed: walked.computed,
    identity: proofOf(walked),
    fee: service.fee.cents > 0 ? { cents: walked.fee.cents, exemption: walked.fee.exemption } : undefined,
  };
}
