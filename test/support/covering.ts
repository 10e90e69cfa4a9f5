/** Which example journeys are enough in a browser; over HTTP all of them are played (test/journeys.test.ts). */
import type { ExampleJourney } from '#service';

/** @returns a journey's pages, and what comes of it */
export const pagesOf = ({ steps, expect }: ExampleJourney): string[] => [
  ...steps.map(({ page }) => page),
  expect.at ?? expect.outcome,
];

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
