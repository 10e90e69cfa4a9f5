/** From a folder of YAML to a service that can be rendered, played, stored and searched; or to what its author must mend. */
import { basename, join } from 'node:path';
import { LANGUAGES, type Language } from '#language';
import { hint, type Problem, parseSource, type Source, type SourceResult } from '#source';
import { compileExemptions, type Exemption } from './fee.ts';
import type { ServiceFolder } from './folder.ts';
import { compileJourney, linkJourneys } from './journeys.ts';
import { compilePages } from './pages.ts';
import { Report } from './report.ts';
import { journeyShape, type ServiceFile, serviceShape, textsShape } from './schema.ts';
import { submissionSchemaOf } from './submission-schema.ts';
import { checkTexts, type TextSource, textsOf } from './texts.ts';
import type { CompiledService, ServiceTexts } from './types.ts';
import { checkWhole, entitlementOf, resultOf } from './whole.ts';

export type CompileResult =
  | { service: CompiledService; problems: [] }
  | { service?: undefined; problems: Problem[] };

/** What a case can be decided with. Anything else would be decided by nobody, though texts had words for it. */
const DECISIONS: ReadonlySet<string> = new Set(['done', 'rejected']);

function checkDecisions(source: Source<ServiceFile>, report: Report): void {
  const { decisions = [] } = source.value;
  decisions.forEach((decision, index) => {
    const wrong = (message: string) => report.add(source, ['decisions', index], message);
    if (!DECISIONS.has(decision))
      wrong(`\`${decision}\` is no decision: write \`done\` and \`rejected\`.${hint(decision, DECISIONS)}`);
    else if (decisions.indexOf(decision) < index) wrong(`decision \`${decision}\` is there twice`);
  });
}

/**
 * Compiles one service and checks everything that can be checked without playing its journeys.
 * @param folder its files as text
 */
export function compileService(folder: ServiceFolder): CompileResult {
  const report = new Report();
  const nameOf = (file: string) => join(folder.path, file);
  const take = <T>(result: SourceResult<T>): Source<T> | undefined => {
    report.problems.push(...result.problems);
    return result.source;
  };
  const text = folder.files['service.yaml'];
  if (text === undefined) {
    report.addFile(nameOf('service.yaml'), 'is missing: every service has one');
    return { problems: report.problems };
  }
  const source = take(parseSource(nameOf('service.yaml'), text, serviceShape));
  const texts = readTexts(folder, report, take);
  const journeys = Object.entries(folder.files).flatMap(([file, content]) => {
    if (!file.startsWith('journeys/')) return [];
    const journey = take(parseSource(nameOf(file), content, journeyShape));
    return journey ? [{ id: basename(file, '.yaml'), source: journey }] : [];
  });
  if (!source) return { problems: report.problems };

  const pages = compilePages(source, report);
  const exemptions = compileExemptions(source, pages.conditions, report);
  const result = resultOf(source.value);
  checkWhole(source, basename(folder.path), pages, report);
  checkDecisions(source, report);
  checkTexts(source.value, pages, result, texts, report);
  if (
    source.value.pages.length > 0 &&
    !Object.keys(folder.files).some((file) => file.startsWith('journeys/'))
  ) {
    report.addFile(nameOf('service.yaml'), 'example journeys are missing: write at least one in `journeys/`');
  }
  const examples = linkJourneys(
    journeys.map(({ id, source }) => ({ source, journey: compileJourney(id, source, pages, report) })),
    report,
  );
  if (report.problems.length > 0) return { problems: report.problems };
  const words = Object.fromEntries(texts.map((each) => [each.language, textsOf(each.source.value)]));
  const service: CompiledService = {
    ...headOf(source.value, exemptions),
    pages: pages.pages,
    questions: pages.questions,
    computed: pages.computed,
    entitlement: entitlementOf(source.value),
    result,
    texts: words as Record<Language, ServiceTexts>,
    journeys: examples,
    submissionSchema: submissionSchemaOf(
      source.value.slug,
      pages.always,
      [...pages.questions.values()],
      pages.computed,
      pages.pages.some(({ identify }) => identify?.letterCode),
    ),
  };
  return { service, problems: [] };
}

function readTexts(
  folder: ServiceFolder,
  report: Report,
  take: <T>(result: SourceResult<T>) => Source<T> | undefined,
): TextSource[] {
  for (const file of Object.keys(folder.files)) {
    const language = basename(file, '.yaml');
    if (file.startsWith('texts/') && !LANGUAGES.some((each) => each === language)) {
      report.addFile(
        join(folder.path, file),
        `there is no language \`${language}\`; there are ${LANGUAGES.join(', ')}`,
      );
    }
  }
  return LANGUAGES.flatMap((language) => {
    const file = `texts/${language}.yaml`;
    const content = folder.files[file];
    if (content === undefined) {
      report.addFile(join(folder.path, file), `is missing: every service speaks ${LANGUAGES.join(', ')}`);
      return [];
    }
    const source = take(parseSource(join(folder.path, file), content, textsShape));
    return source ? [{ language, source }] : [];
  });
}

function headOf(file: ServiceFile, exemptions: readonly Exemption[]) {
  return {
    slug: file.slug,
    version: file.version,
    leika: file.leika,
    office: file.office,
    legalBasis: file.legalBasis,
    identity: file.identity,
    fee: { cents: file.fee.cents, legalBasis: file.fee.legalBasis, each: file.fee.each, exemptions },
    minutes: file.minutes,
    pictogram: file.pictogram,
    fulfilment: file.fulfilment,
    places: file.places ?? [],
    retention: file.retention,
    delivery: file.delivery ?? { channel: 'desk' as const },
    register: file.register,
    portal: file.portal && { id: file.portal.id, lawful: file.portal.lawful ?? false },
    decisions: file.decisions ?? [],
  };
}
