import { takeAnswers } from '../answer-walk.ts';
import { formPage, NOTHING_BESIDE, shellOf } from '../form-page.tsx';
import { type KindOfPage, ORDINARY } from './kind.ts';

/** Something to read before going on. A page that asks nothing is seen at a glance when its picture is large. */
export const information: KindOfPage = {
  ...ORDINARY,
  show: (at, view) => formPage(at, shellOf(at, view), view, { ...NOTHING_BESIDE, pictured: true }),
  take: takeAnswers,
};
