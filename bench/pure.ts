/** The rooms that need no server: compiling many services, and one step of a journey. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Reference, readPage, walk } from '#journey';
import { type CompiledService, compileService, type ExampleJourney, readServiceFolder } from '#service';
import { momentOf, zonedInstant } from '#time';

const SERVICES = 575;
const STEP_SECONDS = 1;

/**
 * Reads and compiles 575 copies of a service, as a catalogue would that many services.
 * @param original the folder that is copied
 * @param scratch where the copies go
 * @returns milliseconds for all of them
 */
export function measureCompiling(original: string, scratch: string): { readMs: number; compileMs: number } {
  const { files } = readServiceFolder(original);
  const folders = Array.from({ length: SERVICES }, (_, index) => {
    const slug = `copy-${index}`;
    for (const [name, text] of Object.entries(files)) {
      const file = join(scratch, slug, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.replace(/^slug: .*$/m, `slug: ${slug}`));
    }
    return join(scratch, slug);
  });
  const begin = performance.now();
  const texts = folders.map(readServiceFolder);
  const read = performance.now();
  for (const text of texts) {
    const { problems } = compileService(text);
    if (problems[0]) throw new Error(`${problems[0].file}:${problems[0].line}: ${problems[0].message}`);
  }
  return { readMs: read - begin, compileMs: performance.now() - read };
}

/**
 * Reads a page's form, checks it and finds the next page, over and over along an example journey.
 * @returns microseconds for one such step, on average
 */
export function measureStep(service: CompiledService, journey: ExampleJourney, reference: Reference): number {
  const moment = momentOf(zonedInstant(journey.today ?? '2026-11-23', '10:00'), reference.isHoliday);
  const steps = journey.steps.flatMap(({ page, fill }) => {
    const found = service.pages.find(({ id }) => id === page);
    if (!found) return [];
    const form = Object.fromEntries(
      Object.entries(fill).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
    );
    const resolved = Object.fromEntries(
      found.questions
        .filter(({ kind }) => kind === 'slot')
        .map(({ id }) => [id, { slot: 'bench', date: moment.today }]),
    );
    return [{ page: found, form, resolved }];
  });
  const once = (): void => {
    let progress: { answers: Record<string, never>; seen: string[] } = { answers: {}, seen: [] };
    for (const { page, form, resolved } of steps) {
      const { answers } = readPage(service, page, form, progress, moment, reference, resolved);
      progress = { answers: answers as Record<string, never>, seen: [...progress.seen, page.id] };
      walk(service, progress, moment);
    }
  };
  const repeat = (seconds: number): number => {
    const begin = performance.now();
    let rounds = 0;
    for (; performance.now() - begin < seconds * 1000; rounds += 1) once();
    return ((performance.now() - begin) * 1000) / (rounds * steps.length);
  };
  repeat(STEP_SECONDS / 2);
  return repeat(STEP_SECONDS);
}
