/** What lines of a paper say against each other and against the calendar, when a clerk writes some of them anew. Pure. */
import { type Answer, type Answers, type CompiledQuestion, isRecord, type Scope } from '#kinds';
import { type CompiledService, HOLIDAYS } from '#service';
import { addDays, type IsoDate, type Moment } from '#time';
import { deskWords } from './said.ts';
import type { FieldError } from './types.ts';
import { brokenLimits, limitError } from './walk.ts';

/** A rule that does not hold. */
export interface BrokenRule {
  error: FieldError;
  /** What is wrong, in German: clerks read it. */
  text: string;
  /** No register can know better: it cannot be. */
  impossible: boolean;
}

interface Said {
  answers: Answers;
  computed: Readonly<Record<string, Answer>>;
}

const CENTURY = 36_525;

/** @returns answers with another one at a field such as `moveOut` or `family[0].birthDate`; without one, it is left out */
export function withAnswer(answers: Answers, field: string, answer: Answer | undefined): Answers {
  const [, id = '', index, inner = ''] = /^(\w+)(?:\[(\d+)\]\.(\w+))?$/.exec(field) ?? [];
  const put = (into: Record<string, Answer>, name: string): Record<string, Answer> => {
    const { [name]: _, ...rest } = into;
    return answer === undefined ? rest : { ...rest, [name]: answer };
  };
  if (index === undefined) return put(answers, id);
  const entries = answers[id];
  if (!Array.isArray(entries)) return answers;
  const written = entries.map((entry, at) =>
    at === Number(index) && isRecord(entry) ? put(entry, inner) : entry,
  );
  return { ...answers, [id]: written };
}

function scopeOf({ answers, computed }: Said, { today, isHoliday }: Moment): Scope {
  return { ...answers, ...computed, today, [HOLIDAYS]: isHoliday };
}

const asked = (service: CompiledService, field: string) => {
  const [, id = '', inner] = /^(\w+)(?:\[\d+\]\.(\w+))?$/.exec(field) ?? [];
  const outer = service.questions.get(id);
  return inner === undefined ? outer : outer?.questions.find((question) => question.id === inner);
};

/** A question has one error at a time for people who answer it; here each limit counts, also behind another. */
function limitByLimit(question: CompiledQuestion): CompiledQuestion[] {
  if (question.kind !== 'group') return question.limits.map((limit) => ({ ...question, limits: [limit] }));
  const without = question.questions.map((inner) => ({ ...inner, limits: [] }));
  const own = question.limits.map((limit) => ({ ...question, limits: [limit], questions: without }));
  const inner = question.questions.flatMap((one, at) =>
    one.limits.map((limit) => ({
      ...question,
      limits: [],
      questions: question.questions.map((each, index) => ({ ...each, limits: index === at ? [limit] : [] })),
    })),
  );
  return [...own, ...inner];
}

const brokenIn = (service: CompiledService, said: Said, moment: Moment) =>
  [...service.questions.values()].flatMap((question) => {
    const answer = said.answers[question.id];
    if (answer === undefined) return [];
    const scope = scopeOf(said, moment);
    return limitByLimit(question).flatMap((one) => brokenLimits(one, answer, scope));
  });

/**
 * @returns whether no day on the calendar would make it right (two days in the wrong order), or it is a day that is always
 * behind us, such as a birth; a usual name is one of the given names, whatever stands in a register
 */
function isImpossible(
  service: CompiledService,
  said: Said,
  moment: Moment,
  broken: { field: string; error: string },
): boolean {
  const question = asked(service, broken.field);
  if (question?.kind === 'name' && question.spelledAs !== undefined) return true;
  if (question?.kind !== 'date') return false;
  const stillBroken = (other: Said, today: IsoDate) =>
    brokenIn(service, other, { ...moment, today }).some(
      ({ field, error }) => field === broken.field && error === broken.error,
    );
  const tomorrow = addDays(moment.today, 1);
  return (
    [-CENTURY, CENTURY].every((days) => stillBroken(said, addDays(moment.today, days))) ||
    stillBroken({ ...said, answers: withAnswer(said.answers, broken.field, tomorrow) }, moment.today)
  );
}

/** @returns values that are the day of handing in itself, and lie in the future by now */
function notYet(service: CompiledService, said: Said, moment: Moment): BrokenRule[] {
  const days = [moment.today, addDays(moment.today, 1)];
  return service.computed.flatMap(({ id, type, value }) => {
    const written = said.computed[id];
    const isToday = () => days.every((today) => value(scopeOf(said, { ...moment, today })) === today);
    if (type !== 'date' || typeof written !== 'string' || written <= moment.today || !isToday()) return [];
    return [
      {
        error: { field: id, code: 'future', own: true, params: {} },
        text: deskWords.future,
        impossible: true,
      },
    ];
  });
}

/**
 * @param said answers and values worked out, as they stand on the paper, and everything else as it was handed in
 * @returns limits of the service that do not hold today, and days of handing in that are still to come; what cannot be first
 */
export function brokenRules(service: CompiledService, said: Said, moment: Moment): BrokenRule[] {
  const limits = brokenIn(service, said, moment).map((broken): BrokenRule => {
    const key = broken.field.replace(/\[\d+\]/, '');
    return {
      error: limitError(service, broken, scopeOf(said, moment)),
      text: service.texts.de.questions[key]?.errors[broken.error] ?? broken.error,
      impossible: isImpossible(service, said, moment, broken),
    };
  });
  const all = [...limits, ...notYet(service, said, moment)];
  return all.sort((one, other) => Number(other.impossible) - Number(one.impossible));
}
