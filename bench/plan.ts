/** What a citizen of the bench sends: an example journey, worked out beforehand so that the client costs little. */
import type { CompiledService, ExampleJourney } from '#service';

/** One page's form. */
export interface PlanStep {
  page: string;
  /** The question whose answer is one of the dates the page offers. */
  slotField: string | undefined;
  fill: [string, string][];
  /** The test person who signs in on this page. */
  person: string | undefined;
}

/** The example journey as a list of forms to send, the same for every citizen but for household and date. */
export interface Plan {
  start: string;
  steps: PlanStep[];
  /** There is a fee: the hand-in leads to paying. */
  pays: boolean;
}

/**
 * @param journey one that ends in a hand-in, without files and devices
 * @throws Error when the service has no such example journey
 */
export function planOf(service: CompiledService, id: string): Plan {
  const journey: ExampleJourney | undefined = service.journeys.find((one) => one.id === id);
  const review = service.pages.at(-1);
  if (!journey || !review) throw new Error(`${service.slug} has no journey "${id}"`);
  const slotFieldOf = (page: string): string | undefined =>
    service.pages.find((one) => one.id === page)?.questions.find(({ kind }) => kind === 'slot')?.id;
  return {
    start: `/service/${service.slug}`,
    steps: [
      ...journey.steps.map(({ page, fill, identify }) => ({
        page,
        slotField: slotFieldOf(page),
        fill: Object.entries(fill).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        ),
        person: identify,
      })),
      { page: review.id, slotField: undefined, fill: [], person: undefined },
    ],
    pays: (journey.expect.fee ?? 0) > 0,
  };
}
