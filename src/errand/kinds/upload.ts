import { takeAnswers } from '../answer-walk.ts';
import { formPage, shellOf } from '../form-page.tsx';
import { type KindOfPage, ORDINARY } from './kind.ts';

/** Files are asked for; they are taken in with the page's answers. */
export const upload: KindOfPage = {
  ...ORDINARY,
  show: (at, view) => formPage(at, shellOf(at, view), view),
  take: takeAnswers,
};
