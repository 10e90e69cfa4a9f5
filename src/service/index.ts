/** The language services are written in: schema, compiler, checker. Pure, but for `folder.ts`. */

export {
  type AddressAnswer,
  type Answer,
  type Answers,
  ATTRIBUTES,
  type Attribute,
  COUNTRY_CODES,
  type CompiledQuestion,
  calendarFor,
  calendarsOf,
  type FileAnswer,
  type QuestionKind,
  type SlotAnswer,
  type SlotCalendar,
} from '#kinds';
export { type CompileResult, compileService, definitionOf } from './compile.ts';
export { HOLIDAYS } from './expression/index.ts';
export { priceOf } from './fee.ts';
export { fileOf, readServiceFolder, readServices, type ServiceFolder, serviceFolders } from './folder.ts';
export { type Municipality, officeFor } from './here.ts';
export {
  BEST_LEVEL,
  GERMAN_CARDS,
  IDENTITY_LEVELS,
  type IdentityLevel,
  isLawful,
  lowest,
  MEANS,
  type Means,
  reaches,
  TOLD_MEANS,
  type ToldMeans,
} from './means.ts';
export { overlayJsonSchema, overlayTextsJsonSchema } from './overlay-shapes.ts';
export { endsAt, PAGE_RULES, type PageRule } from './page-kinds.ts';
export { PLACEHOLDER, placeholdersOf } from './placeholders.ts';
export { atPortal } from './portal.ts';
export { journeyJsonSchema, serviceJsonSchema, textsJsonSchema } from './schema.ts';
export { sectionAt } from './sections.ts';
export { CASE_STATES } from './texts.ts';
export { textPairsOf } from './translations.ts';
export type * from './types.ts';
export { ALLOWANCE, PAGE_KINDS, PAYING } from './types.ts';
