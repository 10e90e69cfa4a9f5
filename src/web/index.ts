/** Layout, components, islands and words that all rooms' pages share. */

export { assetRoutes } from './asset-routes.ts';
export { type Assets, assets, useAssets } from './assets.ts';
export { Hidden, Languages } from './bar.tsx';
export * from './components/index.ts';
export { countryName } from './countries.ts';
export { errorText, plainErrorText } from './error-text.ts';
export { softHyphens } from './hyphens.ts';
export { PATIENT_SECONDS } from './idle-watch.tsx';
export { JourneyForm, JourneyPage, type Onward, Paragraphs, ReadHeading, ReadOn } from './journey-page.tsx';
export type { Child, Html } from './jsx/jsx-runtime.ts';
export { escapeHtml, raw } from './jsx/jsx-runtime.ts';
export { LayerActions, LayerBody, LayerPage, ScreenSettings } from './layers.tsx';
export { type DeskPage, deskLayout, Legal, layout } from './layout.tsx';
export {
  changeSettings,
  DEFAULT_SETTINGS,
  ownPath,
  type Page,
  type PageKind,
  type PageSettings,
} from './page.ts';
export { Do, Go, Say } from './parts.tsx';
export { isPictogramId, PICTOGRAM_IDS, type PictogramId } from './pictograms/index.ts';
export {
  FileKept,
  FilePicker,
  isOneAnswer,
  type QuestionView,
  renderQuestion,
  type SlotChoice,
} from './questions/index.tsx';
export { SlotChoices } from './questions/slot.tsx';
export { lettersSaid } from './questions/text.tsx';
export { layoutWords, questionWords } from './said.ts';
export { fileSize, kindNames, sizeLimit } from './sizes.ts';
export { contrast, themeCss } from './theme.ts';
