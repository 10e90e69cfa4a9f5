import { takeAnswers } from '../answer-walk.ts';
import { belowCamera, besideCamera } from '../camera.tsx';
import { formPage, shellOf } from '../form-page.tsx';
import { type KindOfPage, ORDINARY } from './kind.ts';

/** Questions, and nothing beside them. */
export const questions: KindOfPage = {
  ...ORDINARY,
  show: async (at, view) => formPage(at, shellOf(at, view), view, await besideCamera(at)),
  take: takeAnswers,
  below: belowCamera(),
};
