/** Example journeys as data. Whether they still play is seen by playing them (`#journey`). */
import type { Answer } from '#kinds';
import { hint, type Source } from '#source';
import { priceOf } from './fee.ts';
import type { Pages } from './pages.ts';
import type { Report } from './report.ts';
import type { JourneyFile, ServiceFile } from './schema.ts';
import type { ExampleJourney } from './types.ts';

export function compileJourney(
  id: string,
  source: Source<JourneyFile>,
  pages: Pages,
  /** What the service costs. */
  price: ServiceFile['fee'],
  report: Report,
): ExampleJourney {
  const file = source.value;
  const { fee, fees } = file.expect;
  if (fee !== undefined && fees !== undefined)
    report.add(source, ['expect', 'fees'], 'say `fee` in cents, or `fees` as how many times the fee');
  const pageIds = pages.pages.map((page) => page.id);
  const knownPage = (page: string, path: (string | number)[]): void => {
    if (!pageIds.includes(page))
      report.add(source, path, `there is no page \`${page}\`.${hint(page, pageIds)}`);
  };
  for (const [index, step] of file.steps.entries()) {
    knownPage(step.page, ['steps', index, 'page']);
    const page = pages.pages.find((each) => each.id === step.page);
    for (const part of ['fill', 'errors'] as const) {
      for (const field of Object.keys(step[part] ?? {})) {
        const question = field.split(/[.[]/)[0] ?? '';
        if (field === '_action' || !page || page.questions.some((each) => each.id === question)) continue;
        report.add(
          source,
          ['steps', index, part, field],
          `page \`${step.page}\` does not ask \`${question}\``,
        );
      }
    }
  }
  if (file.expect.at !== undefined) knownPage(file.expect.at, ['expect', 'at']);
  for (const [index, page] of (file.expect.without ?? []).entries()) {
    knownPage(page, ['expect', 'without', index]);
  }
  for (const name of Object.keys(file.expect.submission ?? {})) {
    if (!pages.conditions.name(name)) {
      const close = hint(name, pages.conditions.names());
      report.add(
        source,
        ['expect', 'submission', name],
        `there is no question or computed value \`${name}\`.${close}`,
      );
    }
  }
  return {
    id,
    title: file.title,
    language: file.language ?? 'de',
    today: file.today,
    after: [],
    steps: file.steps.map((step) => ({
      page: step.page,
      fill: Object.fromEntries(
        Object.entries(step.fill ?? {}).map(([name, value]) => [name, fieldOf(value)]),
      ),
      errors: step.errors ?? {},
      identify: step.identify,
      device: step.device && { ...step.device, type: (step.device.type ?? []).map(String) },
    })),
    expect: {
      outcome: file.expect.outcome,
      at: file.expect.at,
      fee: fees === undefined ? fee : priceOf(price, fees),
      pay: file.expect.pay,
      submission: (file.expect.submission ?? {}) as Record<string, Answer>,
      without: file.expect.without ?? [],
      next: file.expect.next,
    },
  };
}

/** Ties journeys to those that the same household did before; a journey comes after others, never after itself. */
export function linkJourneys(
  journeys: readonly { journey: ExampleJourney; source: Source<JourneyFile> }[],
  report: Report,
): ExampleJourney[] {
  const first = new Map(
    journeys.filter(({ source }) => !source.value.after).map(({ journey }) => [journey.id, journey]),
  );
  return journeys.map(({ journey, source }) => ({
    ...journey,
    after: (source.value.after ?? []).flatMap((id, index) => {
      const earlier = first.get(id);
      if (!earlier)
        report.add(
          source,
          ['after', index],
          `there is no journey \`${id}\` that begins by itself.${hint(id, first.keys())}`,
        );
      return earlier ?? [];
    }),
  }));
}

function fieldOf(value: string | number | readonly (string | number)[]): string | string[] {
  return typeof value === 'object' ? value.map(String) : String(value);
}
