import type { ReviewSection, Submission, Walk } from '#journey';
import { inEvery, type Language } from '#language';
import type { CompiledService, ServiceTexts, SlotAnswer } from '#service';
import { addDays, type IsoDate } from '#time';
import { saidIn } from './kept-words.ts';
import { linesOf, officialPaper } from './official.ts';
import type { CaseWords } from './ports.ts';
import type { CaseContent, Shown, Undecided } from './sealed.ts';
import type { CaseView } from './types.ts';

function documentFields(service: CompiledService, sections: readonly ReviewSection[], language: Language) {
  // A paper says what was said; what was left open is not on it.
  return linesOf(service, sections, language).flatMap(({ open, label, value, mark }) =>
    open ? [] : [{ label, value: mark === undefined ? value : `${value} (${mark})` }],
  );
}

/** What happens next for this person: also what holds only for who has paid, or pays nothing for a reason. */
function nextOf(
  { fee, result }: ServiceTexts,
  { fee: due, steps, service }: Walk,
  fill: (text: string) => string,
): readonly string[] {
  const own = due.cents > 0 ? fee?.paid : due.exemption === undefined ? undefined : fee?.free[due.exemption];
  const last = own === undefined ? [] : [fill(own)];
  if (service.result.next.length === 0) return [...result.next.map(fill), ...last];
  return [...steps.map(({ line }) => fill(result.next[line] ?? '')), ...last];
}

function shownIn(service: CompiledService, walked: Walk, words: CaseWords, language: Language): Shown {
  const texts = service.texts[language];
  const fill = (text: string): string => words.fillText(text, walked, language);
  const sections = words.review(service, walked, language);
  const { result } = service;
  return {
    title: texts.title,
    sections,
    result: { title: fill(texts.result.title), next: nextOf(texts, walked, fill) },
    document: result.document && {
      title: texts.result.document ?? texts.title,
      text: fill(texts.result.documentText ?? ''),
      fields: documentFields(service, sections, language),
      decided: result.document.decided,
    },
    code: result.code && { label: texts.result.code ?? '', help: texts.result.codeHelp ?? '' },
    calendar: result.calendar && (texts.result.calendar ?? texts.title),
  };
}

function undecidedIn(service: CompiledService, walked: Walk, words: CaseWords, own: Language) {
  const inLanguage = (language: Language): Undecided => {
    const { title, result } = service.texts[language];
    const fill = (text: string): string => words.fillText(text, walked, language);
    const { undecided } = result;
    return {
      result: { title: fill(undecided?.title ?? ''), next: (undecided?.next ?? []).map(fill) },
      calendar: service.result.calendar && (undecided?.calendar ?? title),
      state: fill(undecided?.state ?? ''),
    };
  };
  if (!service.texts.de.result.undecided) return undefined;
  return saidIn(own, inLanguage);
}

/** @returns a case's words, and the days of what happens next: nothing is promised while the office has yet to take it on */
export function shownNow(
  { shown, undecided, days = [] }: CaseContent,
  toDecide: boolean,
): Pick<CaseView, 'shown' | 'days'> {
  if (!toDecide || !undecided) return { shown, days };
  const inLanguage = (language: Language): Shown => {
    const { result, calendar } = undecided[language];
    return { ...shown[language], result, calendar };
  };
  return { shown: inEvery(inLanguage), days: [] };
}

/**
 * @param own the language of who hands it in
 * @returns a submission with its words, ready to be sealed
 */
export function contentOf(
  service: CompiledService,
  submission: Submission,
  walked: Walk,
  words: CaseWords,
  own: Language,
): CaseContent {
  const shown = saidIn(own, (language) => shownIn(service, walked, words, language));
  return {
    form: 1,
    submission,
    shown,
    undecided: undecidedIn(service, walked, words, own),
    days: walked.steps.map(({ day }) => day ?? null),
    calendar: service.result.calendar,
    codeId: service.result.code?.id,
    paper: officialPaper(service, walked, shown),
  };
}

/** The 4th is not found in the 14th. */
function withDate(text: string, from: string, to: string): string {
  const exactly = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\d)${exactly}(?!\\d)`, 'g'), () => to);
}

/**
 * @returns a case's content with another booked date in its words, where its service cannot say them anew. What the
 * person said of other days stays, also where it is the same day.
 */
export function redated(content: CaseContent, from: IsoDate, to: IsoDate, words: CaseWords): CaseContent {
  const { answers, computed } = content.submission;
  const isOther = (field: string): boolean => {
    const answer = answers[field.split(/[[.]/)[0] ?? ''];
    return answer !== undefined && !(typeof answer === 'object' && 'slot' in answer) && !(field in computed);
  };
  const redate = (language: Language) => {
    const dates = words.dates(to, language);
    return (text: string): string =>
      words.dates(from, language).reduce((said, old, form) => withDate(said, old, dates[form] ?? to), text);
  };
  const undecidedIn = (said: Undecided, put: (text: string) => string): Undecided => ({
    ...said,
    result: { title: put(said.result.title), next: said.result.next.map(put) },
    state: put(said.state),
  });
  const inLanguage = (shown: Shown, language: Language): Shown => {
    const put = redate(language);
    const { sections, result, document } = shown;
    return {
      ...shown,
      sections: sections.map((section) => ({
        ...section,
        lines: section.lines.map((line) =>
          isOther(line.field) ? line : { ...line, value: put(line.value) },
        ),
      })),
      result: { title: put(result.title), next: result.next.map(put) },
      document: document && {
        ...document,
        text: put(document.text),
        fields: document.fields.map(({ label, value }) => ({ label, value: put(value) })),
      },
    };
  };
  const { shown: before, undecided: open } = content;
  const shown = inEvery((language) => inLanguage(before[language], language));
  const undecided = open && inEvery((language) => undecidedIn(open[language], redate(language)));
  // Other days than those that are counted from the booked one stay where they are.
  const days = content.days?.map((day) =>
    day?.fromBooked === undefined ? day : { ...day, date: addDays(to, day.fromBooked) },
  );
  return { ...content, shown, undecided, days };
}

/** @returns the slots that stand in the answers of the service's slot questions, by question id */
export function slotsIn(service: CompiledService, submission: Submission): Map<string, SlotAnswer> {
  const found = new Map<string, SlotAnswer>();
  for (const question of service.questions.values()) {
    const answer = submission.answers[question.id];
    if (question.kind === 'slot' && answer !== undefined) {
      found.set(question.id, answer as unknown as SlotAnswer);
    }
  }
  return found;
}
