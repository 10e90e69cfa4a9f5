import { takeAnswers } from '../answer-walk.ts';
import { formPage, shellOf } from '../form-page.tsx';
import { type KindOfPage, ORDINARY } from './kind.ts';

/** Questions, and nothing beside them. */
export const questions: KindOfPage = {
  ...ORDINARY,
  show: (at, view) => formPage(at, shellOf(at, view), view),
  take: takeAnswers,
};
