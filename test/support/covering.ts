/** Which example journeys are enough in a browser; over HTTP all of them are played (test/journeys.test.ts). */
import type { CompiledPage, CompiledService, ExampleJourney } from '#service';

const kindsOn = ({ kind, questions }: CompiledPage): string[] => [
  kind,
  ...questions.flatMap((one) => [one.kind, ...one.questions.map((inner) => `${one.kind} of ${inner.kind}`)]),
];

/** @returns for a journey of the service: the kinds of its pages and questions, and what comes of it */
export const kindsOf =
  ({ pages }: CompiledService) =>
  ({ steps, expect }: ExampleJourney): string[] => {
    const on = new Map(pages.map((page) => [page.id, kindsOn(page)]));
    return [...steps.flatMap(({ page }) => on.get(page) ?? []), expect.outcome];
  };

/**
 * @param meets names what a journey meets
 * @returns journeys that together meet all that all of them meet: one after the other the one that brings most that is new
 */
export function coveringJourneys(
  journeys: readonly ExampleJourney[],
  meets: (journey: ExampleJourney) => readonly string[],
): ExampleJourney[] {
  const open = new Set(journeys.flatMap(meets));
  const gain = (journey: ExampleJourney): number =>
    new Set(meets(journey).filter((state) => open.has(state))).size;
  const chosen: ExampleJourney[] = [];
  for (;;) {
    const best = journeys.toSorted((one, other) => gain(other) - gain(one))[0];
    if (!best || gain(best) === 0) return chosen;
    chosen.push(best);
    for (const state of meets(best)) open.delete(state);
  }
}
