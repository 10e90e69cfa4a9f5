/** What was typed or chosen on a page of a journey stays there when only the look of the page changes. */
import type { FieldError } from '#journey';
import {
  type CitizenContext,
  type Draft,
  type FormKeeper,
  own,
  type SentForm,
  takerOf,
  typedOf,
  type Visit,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import { keepFiles } from './kept-files.ts';
import { takeFiles } from './resolve.ts';
import { type Here, standing } from './standing.ts';
import { stillWrong } from './still-wrong.ts';

const JOURNEY = /^\/service\/([\w-]+)\/([\w-]+)$/;

/** @returns what keeps the forms of journeys' pages */
export function journeyKeeper(deps: ErrandDeps): FormKeeper {
  return (path) => {
    if (!JOURNEY.test(path)) return undefined;
    return {
      isLost: true,
      async keep(c, form) {
        const wrong = await keepChosen(c, deps, path, form);
        return (visit) => keepTyped(visit, path, form, wrong);
      },
    };
  };
}

/** @returns the page of a journey that an address names, for a person who stands in it */
function hereAt(c: CitizenContext, deps: ErrandDeps, path: string): Here | undefined {
  const [, slug = '', id] = JOURNEY.exec(path) ?? [];
  const service = deps.catalogue.get(slug);
  const stand = service && standing(c, deps, service);
  const page = service?.pages.find((one) => one.id === id);
  return stand && page && { ...stand, page };
}

/** Takes in what was chosen on a journey's page. @returns what is wrong with the page now, of what was wrong before */
async function keepChosen(
  c: CitizenContext,
  deps: ErrandDeps,
  path: string,
  form: SentForm,
): Promise<readonly FieldError[]> {
  const here = hereAt(c, deps, path);
  if (!here) return [];
  const taken = await takeFiles(deps, here, form, takerOf(c, deps));
  const wrong = stillWrong(deps, here, form, taken);
  await keepFiles(deps, here, taken.answers);
  return wrong;
}

function keepTyped(
  visit: Visit,
  path: string,
  { fields, uploads }: SentForm,
  errors: readonly FieldError[],
): void {
  const [, slug, page] = JOURNEY.exec(path) ?? [];
  const draft: Draft | undefined = slug ? own(visit.secret.drafts, slug) : undefined;
  if (!slug || !page || !draft) return;
  const typed = typedOf(fields);
  const isSilent = Object.keys(typed).length === 0 && uploads.size === 0;
  const before = own(draft.unsent, page);
  if (isSilent && !before) return;
  const now = { fields: typed, errors, ...(before?.refused && { refused: before.refused }) };
  visit.secret.drafts[slug] = { ...draft, unsent: { ...draft.unsent, [page]: now } };
}
