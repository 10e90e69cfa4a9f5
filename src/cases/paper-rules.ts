/** A corrected paper and the rules of its service: what cannot be, what has to be confirmed, and what follows from it. */
import { type BrokenRule, type ReviewLine, type ReviewSection, withAnswer } from '#journey';
import { inEvery, type Language } from '#language';
import type { CompiledService } from '#service';
import { momentOf } from '#time';
import { isSameEdition } from './edition.ts';
import type { Corrected } from './official.ts';
import type { CaseContext } from './ports.ts';
import type { Unlocked } from './read.ts';
import type { CaseContent, Correction, Shown } from './sealed.ts';

/** @returns the service while it still is what the case was handed in with */
function sameService(context: CaseContext, { row }: Unlocked): CompiledService | undefined {
  const service = context.catalogue.get(row.service);
  return service && isSameEdition(service, row.edition) ? service : undefined;
}

/** @returns everything that was said, with the lines of the paper as they stand there */
function saidOn({ submission, paper }: CaseContent) {
  let { answers, computed } = submission;
  for (const { field, answer, question } of paper?.entries ?? []) {
    if (!question) continue;
    if (field in computed) computed = withAnswer(computed, field, answer);
    else answers = withAnswer(answers, field, answer);
  }
  return { answers, computed };
}

const holidays = (context: CaseContext) => (date: Parameters<CaseContext['city']['isHoliday']>[0]) =>
  context.city.isHoliday(date) !== undefined;

/**
 * @returns rules that are broken by what was written anew; what was taken once is never refused afterwards. None where the
 * service is another one by now.
 */
export function newlyBroken(
  context: CaseContext,
  unlocked: Unlocked,
  before: CaseContent,
  after: CaseContent,
  at: Date,
): readonly BrokenRule[] {
  const service = sameService(context, unlocked);
  if (!service) return [];
  const moment = momentOf(at, holidays(context));
  const keyOf = ({ error }: BrokenRule): string => `${error.field} ${error.code}`;
  const old = new Set(context.words.rules(service, saidOn(before), moment).map(keyOf));
  const was = new Map(before.paper?.entries.map(({ field, answer }) => [field, JSON.stringify(answer)]));
  const changed = new Set(
    after.paper?.entries.flatMap(({ field, answer }) =>
      was.get(field) === JSON.stringify(answer) ? [] : [field],
    ),
  );
  return context.words
    .rules(service, saidOn(after), moment)
    .filter((rule) => changed.has(rule.error.field) || !old.has(keyOf(rule)));
}

/** A correction whose worked out lines follow from it. */
interface Agreeing {
  content: CaseContent;
  /** Worked out lines that the paper does not have and that are other ones now, such as a time limit that was kept after all. */
  followed: Corrected['corrections'];
}

type Computed = ReadonlySet<string>;

/** The lines of a section with what was worked out put in its place anew: what no longer follows is gone. */
function agreeingLines(
  section: ReviewSection,
  anew: readonly ReviewSection[],
  written: ReadonlyMap<string, string>,
  isComputed: Computed,
): ReviewLine[] {
  const said = section.lines.filter(({ field }) => !isComputed.has(field));
  const follows = anew.find(({ page }) => page === section.page)?.lines ?? [];
  const lines = follows.filter(({ field }) => isComputed.has(field));
  return [...said, ...lines.map((line) => ({ ...line, value: written.get(line.field) || line.value }))];
}

/** What became of worked out lines that stand on no paper. */
function followedIn(
  before: Shown['sections'],
  after: Shown['sections'],
  besides: (field: string) => boolean,
): Correction[] {
  const linesOf = (sections: Shown['sections']) =>
    new Map(
      sections
        .flatMap(({ lines }) => lines)
        .flatMap((line) => (besides(line.field) ? [[line.field, line] as const] : [])),
    );
  const [was, is] = [linesOf(before), linesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [from, to] = [was.get(field)?.value ?? '', is.get(field)?.value ?? ''];
    const label = (is.get(field) ?? was.get(field))?.label ?? field;
    return from === to ? [] : [{ label, from, to, follows: true }];
  });
}

/**
 * @returns the content whose worked out values follow from what the paper says, so that neither the citizen's page nor the
 * desk says another day, or late of what was in time; what the person said stays
 */
export function agreeing(context: CaseContext, unlocked: Unlocked, content: CaseContent): Agreeing {
  const service = sameService(context, unlocked);
  if (!service) return { content, followed: inEvery(() => []) };
  const { words } = context;
  const seen = service.pages.map(({ id }) => id);
  const moment = momentOf(unlocked.row.created_at, holidays(context));
  const walked = words.walk(service, { answers: saidOn(content).answers, seen }, moment);
  const isComputed = new Set(service.computed.map(({ id }) => id));
  const onPaper = new Set(content.paper?.entries.map(({ field }) => field));
  const besides = (field: string): boolean => isComputed.has(field) && !onPaper.has(field);
  const inLanguage = (language: Language) => {
    const anew = words.review(service, walked, language);
    const written = new Map(
      content.paper?.entries.map(({ field, said }) => [field, said[language].value] as const),
    );
    const shown = content.shown[language];
    const sections = shown.sections.map((section) => ({
      ...section,
      lines: agreeingLines(section, anew, written, isComputed),
    }));
    return { shown: { ...shown, sections }, followed: followedIn(shown.sections, sections, besides) };
  };
  const anew = inEvery(inLanguage);
  return {
    content: {
      ...content,
      submission: { ...content.submission, computed: walked.computed },
      shown: inEvery((language) => anew[language].shown),
    },
    followed: inEvery((language) => anew[language].followed),
  };
}
