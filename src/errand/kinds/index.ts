import type { PageKind } from '#service';
import { device } from './device.tsx';
import { finish } from './finish.tsx';
import { identify } from './identify.ts';
import { information } from './information.ts';
import type { KindOfPage } from './kind.ts';
import { portal } from './portal.tsx';
import { questions } from './questions.ts';
import { review } from './review.tsx';
import { slot } from './slot.tsx';
import { upload } from './upload.ts';

/** The kinds of pages, each in a file of its own; the type checker asks for one for each that a definition may name. */
export const KINDS_OF_PAGES: Readonly<Record<PageKind, KindOfPage>> = {
  ...{ information, questions, slot, upload, identify, device, portal, review, finish },
};
