/** Whether an example journey came out as it says. */
import { type Answer, isRecord, kindOf } from '#kinds';
import type { ExampleJourney } from '#service';
import type { PlayProblem } from './play-types.ts';
import type { FieldError, Submission, Walk } from './types.ts';
import { isEnding } from './walk.ts';

/** @returns which error was expected and did not come, or came and was not expected */
export function compareErrors(
  expected: readonly (readonly [string, string])[],
  errors: readonly FieldError[],
): string | undefined {
  for (const [field, code] of expected) {
    const found = errors.filter((error) => error.field === field);
    if (found.some((error) => error.code === code)) continue;
    const instead = found.length > 0 ? `\`${found.map((error) => error.code).join(', ')}\`` : 'no error';
    return `expected the error \`${code}\` at \`${field}\` and got ${instead}`;
  }
  const surprise = errors.find((error) => !expected.some(([field]) => field === error.field));
  return surprise && `the error \`${surprise.code}\` at \`${surprise.field}\` is not expected`;
}

/** How far the answers lead. */
function endOf(walked: Walk): ExampleJourney['expect']['outcome'] {
  if (!walked.next) return walked.service.fulfilment === 'register' ? 'answered' : 'submitted';
  return isEnding(walked.next) ? 'finished' : 'stopped';
}

/** @param cityKnown whether streets were compared with a city's list */
export function outcomeProblem(
  journey: ExampleJourney,
  walked: Walk,
  handedIn: Submission | undefined,
  cityKnown: boolean,
): PlayProblem | undefined {
  const { expect } = journey;
  const wrong = (path: readonly (string | number)[], message: string) => ({
    path: ['expect', ...path],
    message,
  });
  const end = endOf(walked);
  if (end !== expect.outcome) {
    const where = walked.next ? `page \`${walked.next.id}\` comes next` : 'everything is complete';
    return wrong(['outcome'], `the journey is \`${end}\`, not \`${expect.outcome}\`: ${where}`);
  }
  if (expect.at !== undefined && walked.next?.id !== expect.at)
    return wrong(['at'], `the journey ends at page \`${walked.next?.id ?? 'review'}\``);
  if (expect.fee !== undefined && walked.fee.cents !== expect.fee)
    return wrong(['fee'], `${walked.fee.cents} cents are to be paid, not ${expect.fee}`);
  const passed = walked.pages.find((page) => expect.without.includes(page.id))?.id;
  if (passed)
    return wrong(['without', expect.without.indexOf(passed)], `page \`${passed}\` is part of the way`);
  const next = walked.steps.map(({ line }) => line + 1);
  if (expect.next !== undefined && !sameAnswer([...next].map(String), [...expect.next].map(String)))
    return wrong(['next'], `the lines ${next.join(', ')} of what happens next are said`);
  for (const [name, value] of Object.entries(expect.submission)) {
    const given =
      handedIn?.answers[name] ?? handedIn?.computed[name] ?? walked.answers[name] ?? walked.computed[name];
    if (given !== undefined && sameAnswer(given, value)) continue;
    // Without a city's list nobody knows how a street is spelt.
    const question = walked.service.questions.get(name);
    if (!cityKnown && question && kindOf(question).needsCity.length > 0) continue;
    return wrong(
      ['submission', name],
      `\`${name}\` is ${JSON.stringify(given) ?? 'missing'}, not ${JSON.stringify(value)}`,
    );
  }
  return undefined;
}

/** @returns whether two answers are the same, whatever the order of their fields */
export function sameAnswer(left: Answer, right: Answer): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((each, index) => sameAnswer(each, right[index] ?? ''));
  }
  if (Array.isArray(left) || Array.isArray(right) || !isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const [one, other] = [left[name], right[name]];
      return one !== undefined && other !== undefined && sameAnswer(one, other);
    })
  );
}
