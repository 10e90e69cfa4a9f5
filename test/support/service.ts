/** Services for tests from a few lines of YAML: what a test is not about is filled in. */
import { parse, stringify } from 'yaml';
import { CASE_STATES, type CompiledService, compileService, type ServiceFolder } from '#service';

interface Sketch {
  pages?: { id: string; kind: string; gallery?: { id: string }[]; questions?: QuestionSketch[] }[];
  decisions?: string[];
  result?: { next?: unknown[] } & Record<string, unknown>;
}
interface QuestionSketch {
  id: string;
  kind: string;
  options?: { id: string }[];
  limits?: { error: string }[];
  questions?: QuestionSketch[];
}

const HEAD = {
  slug: 'test',
  version: 1,
  office: 'oa',
  legalBasis: ['§ 1 TestG'],
  identity: 'none',
  fee: { cents: 0 },
  minutes: 1,
  pictogram: 'pin',
  fulfilment: 'case',
  retention: { start: 'closed', days: 30, legalBasis: '§ 2 TestG' },
  decisions: ['done', 'rejected'],
};

function questionTexts(questions: readonly QuestionSketch[], prefix = ''): [string, object][] {
  return questions.flatMap((question) => {
    const key = `${prefix}${question.id}`;
    const own: [string, object] = [
      key,
      {
        label: `Label of ${key}`,
        options: Object.fromEntries((question.options ?? []).map(({ id }) => [id, `Option ${id}`])),
        errors: Object.fromEntries((question.limits ?? []).map(({ error }) => [error, `Error ${error}`])),
        ...(question.kind === 'group' ? { entry: 'Entry', add: 'Add' } : {}),
      },
    ];
    return [own, ...questionTexts(question.questions ?? [], `${key}.`)];
  });
}

function textsFor(sketch: Sketch): string {
  const pages = sketch.pages ?? [];
  const states = new Set([...CASE_STATES, ...(sketch.decisions ?? HEAD.decisions)]);
  return stringify({
    title: 'A test',
    summary: 'A service for tests.',
    cost: 'Nothing',
    duration: 'A minute',
    needs: [],
    about: [],
    keywords: ['test'],
    pages: Object.fromEntries(
      pages.map((page) => [
        page.id,
        {
          title: `Page ${page.id}`,
          gallery: Object.fromEntries((page.gallery ?? []).map(({ id }) => [id, `Picture ${id}`])),
        },
      ]),
    ),
    questions: Object.fromEntries(pages.flatMap((page) => questionTexts(page.questions ?? []))),
    result: {
      title: 'Done',
      ...Object.fromEntries(Object.keys(sketch.result ?? {}).map((part) => [part, `The ${part}`])),
      next: (sketch.result?.next ?? []).map((_, line) => `Line ${line + 1}`),
    },
    states: Object.fromEntries([...states].map((state) => [state, `State ${state}`])),
  });
}

/**
 * @param yaml pages and whatever else the test is about; a review page is added at the end
 * @param journeys by name; one that only begins is made up when none is given
 */
export function testFolder(yaml: string, journeys?: Readonly<Record<string, string>>): ServiceFolder {
  const sketch = parse(yaml) as Sketch & Record<string, unknown>;
  const pages = [...(sketch.pages ?? [])];
  if (pages.length > 0 && !pages.some((page) => page.kind === 'review'))
    pages.push({ id: 'review', kind: 'review' });
  const whole = { ...HEAD, ...sketch, pages };
  const first = pages[0]?.id ?? 'review';
  const examples = journeys ?? {
    begins: stringify({ title: 'Begins', steps: [{ page: first }], expect: { outcome: 'stopped' } }),
  };
  const texts = textsFor({ ...whole });
  return {
    path: whole.slug as string,
    files: {
      'service.yaml': stringify(whole),
      'texts/de.yaml': texts,
      'texts/en.yaml': texts,
      'texts/leicht.yaml': texts,
      ...Object.fromEntries(Object.entries(examples).map(([name, text]) => [`journeys/${name}.yaml`, text])),
    },
  };
}

/** @returns the compiled service; throws with the problems when it does not compile */
export function testService(yaml: string, journeys?: Readonly<Record<string, string>>): CompiledService {
  const { service, problems } = compileService(testFolder(yaml, journeys));
  if (!service)
    throw new Error(
      problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join('\n'),
    );
  return service;
}
