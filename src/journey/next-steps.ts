/** What happens next for somebody: the steps of their service that hold for what they said, and the day of each. */
import type { Answers, Scope } from '#kinds';
import type { CompiledService, SlotAnswer } from '#service';
import { addDays, type IsoDate } from '#time';
import type { StepHere } from './types.ts';

/** @param scope what conditions can see when all pages have been walked */
export function stepsOf({ result }: CompiledService, answers: Answers, scope: Scope): readonly StepHere[] {
  return result.next.flatMap(({ when, day }, line): StepHere[] => {
    if (when && !when(scope)) return [];
    const booked = day && (answers[day.of] as SlotAnswer | string | undefined);
    const isBooked = typeof booked === 'object';
    const date = isBooked ? booked.date : day && (scope[day.of] as IsoDate | undefined);
    if (!day || date === undefined) return [{ line, day: undefined }];
    return [{ line, day: { date: addDays(date, day.days), fromBooked: isBooked ? day.days : undefined } }];
  });
}
