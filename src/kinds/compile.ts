import type { AnyKind } from './kind.ts';
import type { AnyQuestion, Attribute } from './question.ts';

/** What may stand in the definition of a question of any kind. */
interface QuestionInFile {
  id: string;
  kind: string;
  optional?: boolean | undefined;
  autocomplete?: string | undefined;
  from?: Attribute | undefined;
  locked?: boolean | undefined;
  min?: number | undefined;
  max?: number | undefined;
  options?:
    | readonly {
        id: string;
        pictogram?: string | undefined;
        values?: Readonly<Record<string, number>> | undefined;
      }[]
    | undefined;
}

/** @returns the question as written, compiled by its kind; without limits, which need to know all other names */
export function compileWith(kind: AnyKind, file: QuestionInFile): AnyQuestion {
  const options = file.options ?? [];
  return {
    id: file.id,
    kind: file.kind,
    optional: file.optional ?? false,
    options: options.map((option) => option.id),
    optionValues: Object.fromEntries(options.flatMap(({ id, values }) => (values ? [[id, values]] : []))),
    optionPictograms: Object.fromEntries(
      options.flatMap(({ id, pictogram }) => (pictogram ? [[id, pictogram]] : [])),
    ),
    min: file.min,
    max: file.max,
    autocomplete: file.autocomplete,
    from: file.from && { attribute: file.from, locked: file.locked ?? true },
    questions: [],
    limits: [],
    ...kind.own(file),
  };
}
