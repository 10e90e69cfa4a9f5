/** Choices: yes/no, one, some, country, declaration. */
import { type Answer, COUNTRY_CODES, type CompiledQuestion } from '#service';
import { countryOf } from './country-names.ts';
import { type Input, isRecord, type Kind, type Parsed, wrong } from './kind.ts';
import { words } from './say.ts';

const itself = (_question: CompiledQuestion, answer: Answer) => ({ '': [String(answer)] });

export const yesNo: Kind = {
  parse: (_question, input) => {
    const chosen = input.one();
    if (chosen === '') return 'empty';
    return chosen === 'yes' || chosen === 'no' ? { answer: chosen === 'yes' } : wrong('notAnOption');
  },
  fields: (_question, answer) => ({ '': [answer ? 'yes' : 'no'] }),
  readable: (_question, answer, { language }) => (answer ? words(language).yes : words(language).no),
  accepts: (_question, answer) => typeof answer === 'boolean',
};

/** Something the person confirms; there is no "no". */
export const declaration: Kind = {
  parse: (question, input) => {
    if (input.one() === 'yes') return { answer: true };
    return question.optional ? 'empty' : wrong('mustConfirm');
  },
  fields: () => ({ '': ['yes'] }),
  readable: (_question, _answer, { language }) => words(language).confirmed,
  accepts: (_question, answer) => answer === true,
};

export const chooseOne: Kind = {
  parse: (question, input) => {
    const chosen = input.one();
    if (chosen === '') return 'empty';
    return question.options.includes(chosen) ? { answer: chosen } : wrong('notAnOption');
  },
  fields: itself,
  readable: (_question, answer, wording) => wording.option(String(answer)),
  accepts: (question, answer) => typeof answer === 'string' && question.options.includes(answer),
};

function howMany(
  question: CompiledQuestion,
  total: number,
): { errors: ReturnType<typeof wrong>['errors'] } | undefined {
  if (question.min !== undefined && total < question.min) return wrong('tooFew', { min: question.min });
  if (question.max !== undefined && total > question.max) return wrong('tooMany', { max: question.max });
  return undefined;
}

function parseSome(question: CompiledQuestion, input: Input): Parsed {
  const chosen = new Set(input.all().map((each) => each.trim()));
  chosen.delete('');
  if (chosen.size === 0) return 'empty';
  const answer = question.options.filter((option) => chosen.has(option));
  if (answer.length !== chosen.size) return wrong('notAnOption');
  return howMany(question, answer.length) ?? { answer };
}

const MOST_OF_ONE = 99;

function parseCounted(question: CompiledQuestion, input: Input): Parsed {
  const answer: Record<string, number> = {};
  let total = 0;
  for (const option of question.options) {
    const typed = input.one(option);
    if (typed === '') continue;
    if (!/^\d+$/.test(typed)) return wrong('notANumber', {}, option);
    const count = Number(typed);
    if (count > MOST_OF_ONE) return wrong('tooMany', { max: question.max ?? MOST_OF_ONE }, option);
    if (count > 0) answer[option] = count;
    total += count;
  }
  if (total === 0) return 'empty';
  return howMany(question, total) ?? { answer };
}

/** Options that are ticked, in the definition's order; or, when counted, how many of each. */
export const chooseSome: Kind = {
  parse: (question, input) => (question.counted ? parseCounted(question, input) : parseSome(question, input)),
  fields: (question, answer) => {
    if (Array.isArray(answer)) return { '': answer.map(String) };
    if (!question.counted || !isRecord(answer)) return {};
    return Object.fromEntries(Object.entries(answer).map(([option, count]) => [option, [String(count)]]));
  },
  readable: (_question, answer, wording) => {
    if (Array.isArray(answer)) return answer.map((option) => wording.option(String(option))).join(', ');
    if (!isRecord(answer)) return '';
    return Object.entries(answer)
      .map(([option, count]) => `${String(count)}\u00a0×\u00a0${wording.option(option)}`)
      .join(', ');
  },
  accepts: (question, answer) => {
    const known = (option: Answer) => typeof option === 'string' && question.options.includes(option);
    if (!question.counted) return Array.isArray(answer) && answer.length > 0 && answer.every(known);
    return (
      isRecord(answer) &&
      Object.entries(answer).every(([option, count]) => known(option) && typeof count === 'number') &&
      Object.keys(answer).length > 0
    );
  },
};

/** A country as ISO 3166-1 alpha-3 code, chosen or typed by any of its names; how it is said, the caller knows. */
export const country: Kind = {
  parse: (_question, input) => {
    const typed = input.one();
    if (typed === '') return 'empty';
    const code = countryOf(typed);
    return code === undefined ? wrong('notACountry', { typed: typed.slice(0, 80) }) : { answer: code };
  },
  fields: itself,
  readable: (_question, answer, wording) => wording.country(String(answer)),
  accepts: (_question, answer) => typeof answer === 'string' && COUNTRY_CODES.has(answer),
};
