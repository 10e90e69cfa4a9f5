/** A corrected paper and the rules of its service: what cannot be, what has to be confirmed, and what follows from it. */
import { type BrokenRule, withAnswer } from '#journey';
import { type CompiledService, LANGUAGES, type Language } from '#service';
import { momentOf } from '#time';
import type { CaseContent, Shown } from './content.ts';
import { isSameEdition } from './edition.ts';
import type { CaseContext } from './ports.ts';
import type { Unlocked } from './read.ts';

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

/**
 * @returns the content whose worked out lines follow from what the paper says, so that the citizen's page never says
 * another day; what the person said stays
 */
export function agreeing(context: CaseContext, unlocked: Unlocked, content: CaseContent): CaseContent {
  const service = sameService(context, unlocked);
  if (!service) return content;
  const { words } = context;
  const seen = service.pages.map(({ id }) => id);
  const moment = momentOf(unlocked.row.created_at, holidays(context));
  const walked = words.walk(service, { answers: saidOn(content).answers, seen }, moment);
  const isComputed = new Set(service.computed.map(({ id }) => id));
  const inLanguage = (shown: Shown, language: Language): Shown => {
    const anew = new Map(
      words
        .review(service, walked, language)
        .flatMap(({ lines }) => lines.map(({ field, value }) => [field, value] as const)),
    );
    const written = new Map(
      content.paper?.entries.map(({ field, said }) => [field, said[language].value] as const),
    );
    const sections = shown.sections.map((section) => ({
      ...section,
      lines: section.lines.map((line) => {
        const value = written.get(line.field) || anew.get(line.field);
        return isComputed.has(line.field) && value ? { ...line, value } : line;
      }),
    }));
    return { ...shown, sections };
  };
  const shown = Object.fromEntries(
    LANGUAGES.map((language) => [language, inLanguage(content.shown[language], language)]),
  ) as Record<Language, Shown>;
  return { ...content, shown };
}
