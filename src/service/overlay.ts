/** A city's own definition laid over the common one. What it names has to be there. */
import type { QuestionFile } from '#kinds';
import { hint, type Inlay, layered, type Source, type SourcePath } from '#source';
import type { OverlayFile } from './overlay-shapes.ts';
import type { Report } from './report.ts';
import { questionShape, type ServiceFile } from './schema.ts';

/** Parts that stand instead of the common ones as a whole. */
const WHOLE = ['office', 'delivery', 'places', 'retention', 'dueDays'] as const;

/** Puts parts of an overlay in their places, and remembers where they came from. */
class Laying {
  readonly inlays: Inlay[] = [];
  readonly file: ServiceFile;
  readonly #over: Source<OverlayFile>;
  readonly #report: Report;

  constructor(base: ServiceFile, over: Source<OverlayFile>, report: Report) {
    this.file = structuredClone(base);
    this.#over = over;
    this.#report = report;
  }

  wrong(path: SourcePath, message: string): void {
    this.#report.add(this.#over, path, message);
  }

  moved(at: SourcePath, from: SourcePath = at): void {
    this.inlays.push({ at, source: this.#over, from });
  }

  /** Keys of one part over the keys of another. */
  put(target: object, part: object, at: SourcePath, from: SourcePath = at): void {
    for (const [key, value] of Object.entries(part)) {
      Reflect.set(target, key, value);
      this.moved([...at, key], [...from, key]);
    }
  }

  /** Each part that an overlay has for something with an id. */
  each<E extends { id: string }, P>(
    part: 'pages' | 'questions' | 'computed',
    entries: readonly E[],
    own: Readonly<Record<string, P>> | undefined,
    lay: (entry: E, own: P) => void,
  ): void {
    for (const [id, mine] of Object.entries(own ?? {})) {
      const entry = entries.find((one) => one.id === id);
      if (entry) lay(entry, mine);
      else {
        const close = hint(
          id,
          entries.map((one) => one.id),
        );
        this.wrong([part, id], `the service has no \`${id}\` in its ${part}.${close}`);
      }
    }
  }
}

/**
 * @param base what is the same everywhere
 * @param over what the city says
 * @returns the service as it is in the city; each place is still known by the file that it was written in
 */
export function laidOver(
  base: Source<ServiceFile>,
  over: Source<OverlayFile>,
  report: Report,
): Source<ServiceFile> {
  const own = over.value;
  const laying = new Laying(base.value, over, report);
  const { file } = laying;
  for (const part of WHOLE) if (own[part] !== undefined) laying.put(file, { [part]: own[part] }, []);
  for (const [index, law] of (own.legalBasis ?? []).entries()) {
    laying.moved(['legalBasis', file.legalBasis.length], ['legalBasis', index]);
    file.legalBasis.push(law);
  }
  if (own.fee) laying.put(file.fee, own.fee, ['fee']);
  layEntitlement(laying, own);
  layResult(laying, own);
  laying.each('pages', file.pages, own.pages, (page, mine) =>
    laying.put(page, mine, ['pages', file.pages.indexOf(page)], ['pages', page.id]),
  );
  layQuestions(laying, own);
  laying.each('computed', file.computed ?? [], own.computed, (each, value) => {
    each.value = value;
    const index = (file.computed ?? []).indexOf(each);
    laying.moved(['computed', index, 'value'], ['computed', each.id]);
  });
  return layered(base, file, laying.inlays);
}

function layEntitlement(laying: Laying, { entitlement }: OverlayFile): void {
  if (!entitlement) return;
  const { file } = laying;
  if (!file.entitlement) laying.wrong(['entitlement'], 'nobody counts how often this service is used');
  else laying.put(file.entitlement, entitlement, ['entitlement']);
}

function layResult(laying: Laying, { result }: OverlayFile): void {
  for (const part of ['code', 'calendar'] as const) {
    if (!result?.[part]) continue;
    const common = laying.file.result?.[part];
    if (common) laying.put(common, result[part], ['result', part]);
    else laying.wrong(['result', part], `this service has no \`result.${part}\``);
  }
}

function layQuestions(laying: Laying, own: OverlayFile): void {
  const { pages } = laying.file;
  const all = pages.flatMap((page) => page.questions ?? []);
  laying.each('questions', all, own.questions, (question, mine) => {
    const checked = questionShape.safeParse({ ...question, ...mine });
    for (const { path, message } of checked.error?.issues ?? []) {
      const where = path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      laying.wrong(['questions', question.id, ...where], [...where, message].join(': '));
    }
    if (!checked.success) return;
    const page = pages.findIndex(({ questions }) => questions?.includes(question));
    const index = pages[page]?.questions?.indexOf(question) ?? 0;
    laying.put(question, mine, ['pages', page, 'questions', index], ['questions', question.id]);
  });
}

/** @returns texts of options and limits that an overlay has done away with: the common file still has them */
export function goneTexts(base: ServiceFile, merged: ServiceFile): string[][] {
  const questionsOf = (file: ServiceFile): QuestionFile[] =>
    file.pages.flatMap(({ questions }) => questions ?? []);
  const optionsOf = (question: QuestionFile | undefined): string[] =>
    question && 'options' in question ? question.options.map(({ id }) => id) : [];
  const errorsOf = (question: QuestionFile | undefined): string[] =>
    (question?.limits ?? []).map(({ error }) => error);
  const now = new Map(questionsOf(merged).map((question) => [question.id, question]));
  return questionsOf(base).flatMap((question) => {
    const left = now.get(question.id);
    const gone = (before: string[], after: string[]) => before.filter((id) => !after.includes(id));
    return [
      ...gone(optionsOf(question), optionsOf(left)).flatMap((id) => [
        ['questions', question.id, 'options', id],
        ['questions', question.id, 'optionHelp', id],
      ]),
      ...gone(errorsOf(question), errorsOf(left)).map((id) => ['questions', question.id, 'errors', id]),
    ];
  });
}
