/** From a folder of YAML to a service that can be rendered, played, stored and searched; or to what its author must mend. */
import { basename, join } from 'node:path';
import { isLanguage, LANGUAGES, SOURCE } from '#language';
import { hint, type Problem, parseSource, type Source, type SourceResult } from '#source';
import { compileExemptions, type Exemption } from './fee.ts';
import { fileOf, type ServiceFolder } from './folder.ts';
import { journeyFacts, withFacts } from './here.ts';
import { compileJourney, linkJourneys } from './journeys.ts';
import { goneTexts, laidOver } from './overlay.ts';
import { type OverlayFile, overlayShape } from './overlay-shapes.ts';
import { compilePages } from './pages.ts';
import { Report } from './report.ts';
import { journeyShape, type ServiceFile, serviceShape } from './schema.ts';
import { checkSections } from './sections.ts';
import { checkSteps, compileSteps } from './steps.ts';
import { submissionSchemaOf } from './submission-schema.ts';
import { checkTexts } from './texts.ts';
import { readTexts, spokenTexts } from './translations.ts';
import type { CompiledService } from './types.ts';
import { checkWhole, entitlementOf, resultOf } from './whole.ts';

export type CompileResult =
  | { service: CompiledService; problems: [] }
  | { service?: undefined; problems: Problem[] };

/** In how many days a case means to be dealt with where its service does not say. */
const DUE_DAYS = 14;

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

type Take = <T>(result: SourceResult<T>) => Source<T> | undefined;

/** The definition as it is in the city, and what the city says of it. */
interface Definition {
  source: Source<ServiceFile>;
  own: Source<OverlayFile> | undefined;
  /** Common texts of what is not there in this city. */
  gone: readonly (readonly string[])[];
}

function takeDefinition(folder: ServiceFolder, report: Report, take: Take): Definition | undefined {
  const name = join(folder.path, 'service.yaml');
  const text = folder.files['service.yaml'];
  // The name of a common service, misspelt, would otherwise be told that everything is missing.
  if (folder.beside && !/^slug:/m.test(text ?? '')) {
    const slug = basename(folder.path);
    const message = `there is no service \`${slug}\` to change.${hint(slug, folder.beside)} One of the city's own begins with \`slug: ${slug}\``;
    report.addFile(name, message);
    return undefined;
  }
  if (text === undefined) {
    report.addFile(name, 'is missing: every service has one');
    return undefined;
  }
  const source = take(parseSource(name, text, serviceShape));
  const { own } = folder;
  const says = own?.files['service.yaml'];
  const over =
    own && says !== undefined
      ? take(parseSource(join(own.path, 'service.yaml'), says, overlayShape))
      : undefined;
  if (!source || !over) return source && { source, own: undefined, gone: [] };
  const merged = laidOver(source, over, report);
  return { source: merged, own: over, gone: goneTexts(source.value, merged.value) };
}

/**
 * @returns the definition of a service as it is in its city, whatever else is wrong with it; undefined where it cannot be read
 */
export function definitionOf(folder: ServiceFolder): Source<ServiceFile> | undefined {
  return takeDefinition(folder, new Report(), ({ source }) => source)?.source;
}

/**
 * Compiles one service and checks everything that can be checked without playing its journeys.
 * @param folder its files as text, and what a city lays over them
 */
export function compileService(folder: ServiceFolder): CompileResult {
  const report = new Report();
  const take: Take = (result) => {
    report.problems.push(...result.problems);
    return result.source;
  };
  const definition = takeDefinition(folder, report, take);
  checkFiles(folder, report);
  if (!definition) return { problems: report.problems };
  const { source } = definition;
  const texts = readTexts(folder, definition, report, take);
  const german = texts.find(({ language }) => language === SOURCE);
  const pages = compilePages(source, report);
  const exemptions = compileExemptions(source, pages.conditions, report);
  const steps = compileSteps(source, pages, report);
  const result = resultOf(source.value, steps);
  checkWhole(source, basename(folder.path), pages, report);
  checkSections(source, report);
  checkDecisions(source, report);
  checkFeeHere(folder, definition, report);
  checkTexts(source.value, pages, result, texts, report);
  checkSteps(source.value, steps, texts, report);
  const journeys = readJourneys(folder, definition, report, take);
  const hasJourney = [folder, folder.own].some((each) => Object.keys(each?.files ?? {}).some(isJourney));
  if (source.value.pages.length > 0 && !hasJourney) {
    report.addFile(
      join(folder.path, 'service.yaml'),
      'example journeys are missing: write at least one in `journeys/`',
    );
  }
  const examples = linkJourneys(
    journeys.map(({ id, source }) => ({
      source,
      journey: compileJourney(id, source, pages, definition.source.value.fee, report),
    })),
    report,
  );
  if (report.problems.length > 0 || !german) return { problems: report.problems };
  const service: CompiledService = {
    ...headOf(source.value, exemptions),
    sections: source.value.sections ?? [],
    pages: pages.pages,
    questions: pages.questions,
    computed: pages.computed,
    entitlement: entitlementOf(source.value),
    result,
    ...spokenTexts(texts, german),
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

/** What each city sets has to be set. */
function checkFeeHere({ here }: ServiceFolder, { source, own }: Definition, report: Report): void {
  if (!here || source.value.fee.setBy === undefined || own?.value.fee) return;
  const file = `${join(here.folder, 'services', source.value.slug)}/service.yaml`;
  report.add(source, ['fee', 'setBy'], `each city sets this fee: say \`fee:\` in ${file}`);
}

/** A file that nobody reads is a misspelt one. */
function checkFiles(folder: ServiceFolder, report: Report): void {
  for (const { path, files, strange = [] } of [folder, ...(folder.own ? [folder.own] : [])]) {
    for (const name of strange)
      report.addFile(
        join(path, name),
        'nobody reads this: there are `service.yaml`, `texts/<language>.yaml` and `journeys/<name>.yaml`',
      );
    for (const file of Object.keys(files)) {
      const [part, language] = file.split('/');
      if (part === 'texts' && !isLanguage(language?.replace(/(?:\.seen)?\.yaml$/, '')))
        report.addFile(
          join(path, file),
          `there is no language \`${basename(file, '.yaml')}\`; there are ${LANGUAGES.join(', ')}`,
        );
    }
  }
}

const isJourney = (name: string): boolean => name.startsWith('journeys/');

/** The common journeys that play here, and the city's own; one of the same name stands instead. */
function readJourneys(folder: ServiceFolder, { own, source }: Definition, report: Report, take: Take) {
  const { here } = folder;
  const common = Object.keys(folder.files).filter(isJourney);
  const idOf = (name: string): string => basename(name, '.yaml');
  const leftOut = own?.value.leaveOut ?? [];
  for (const [index, id] of leftOut.entries())
    if (own && !common.map(idOf).includes(id)) {
      const close = hint(id, common.map(idOf));
      report.add(own, ['leaveOut', index], `there is no common journey \`${id}\`.${close}`);
    }
  const hasLetters = here?.letterCodes.includes(source.value.slug) ?? true;
  const names = new Set([
    ...common.filter((name) => !leftOut.includes(idOf(name))),
    ...Object.keys(folder.own?.files ?? {}).filter(isJourney),
  ]);
  return [...names].sort().flatMap((name) => {
    const { file, text } = fileOf(folder, name);
    const journey = take(parseSource(file, text, journeyShape));
    if (!journey) return [];
    // Nobody can go this way where no letters are sent.
    if (!hasLetters && journey.value.steps.some(({ identify }) => identify === 'letterCode')) return [];
    if (!here) return { id: idOf(name), source: journey };
    const value = withFacts(
      journey.value,
      journeyFacts(here),
      () => true,
      (path, message) => report.add(journey, path, message),
    );
    return { id: idOf(name), source: { ...journey, value } };
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
    fee: {
      cents: file.fee.cents,
      legalBasis: file.fee.legalBasis,
      each: file.fee.each,
      further: file.fee.further,
      exemptions,
    },
    minutes: file.minutes,
    pictogram: file.pictogram,
    fulfilment: file.fulfilment,
    places: file.places ?? [],
    retention: file.retention,
    dueDays: file.dueDays ?? DUE_DAYS,
    delivery: file.delivery ?? { channel: 'desk' as const },
    register: file.register,
    portal: file.portal && { id: file.portal.id, lawful: file.portal.lawful ?? false },
    decisions: file.decisions ?? [],
  };
}
