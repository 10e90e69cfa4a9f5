import { walk, withIdentity, withoutIdentity } from '#journey';
import { type CitizenContext, type Draft, first, mayLeadTo, readOwnForm } from '#visit';
import { takeAnswers } from '../answer-walk.ts';
import type { ErrandDeps } from '../deps.ts';
import { formPage, shellOf } from '../form-page.tsx';
import { identifyStep, marked, toldIn } from '../identify.tsx';
import { showLetterCode, takeLetterCode } from '../letter-code.ts';
import { answered } from '../shown-again.ts';
import { changed, type Here, pageUrl } from '../standing.ts';
import { isJustTold } from '../take-identity.ts';
import { type KindOfPage, ORDINARY } from './kind.ts';

/**
 * Who somebody is: by signing in, by a code that came by letter, or not at all where that may be. It needs the ways of
 * identification, and the codes; what comes back from signing in is taken in `identity.ts`.
 */
export const identify: KindOfPage = {
  ...ORDINARY,
  show(at, view) {
    const { c, deps, here } = at;
    const { page, texts } = shellOf(at, view);
    const level = here.draft.answers[here.page.id];
    const isTold = isJustTold(c) && view.errors.length === 0;
    const told = isTold && level !== undefined && level !== 'none' ? toldIn(here) : undefined;
    mayLeadTo(c, ...deps.identity.map(({ origin }) => origin));
    const beside = identifyStep(deps, here, texts, { errors: view.errors, told: told !== undefined });
    // What is wrong with the step itself, it says itself.
    const errors = view.errors.filter(({ field }) => field !== here.page.id);
    const title = told === undefined ? page.title : `${told} ${page.title}`;
    return formPage(
      at,
      { page: { ...page, title }, texts: marked(texts, here) },
      { ...view, errors },
      beside,
    );
  },
  async take(at, show) {
    const { c, deps, here } = at;
    const action = first((await readOwnForm(c)).fields, '_action');
    const provider = deps.identity.find(({ id }) => action === `identify:${id}`);
    if (provider) return beginIdentification(c, deps, here, provider.id);
    if (action === 'again') return keep(c, deps, here, (draft) => withoutIdentity(here.page, draft));
    if (action === 'without' && here.page.identify?.otherwise) return goWithout(c, deps, here);
    return takeAnswers(at, show);
  },
  below: { code: { get: showLetterCode, post: takeLetterCode } },
};

type Change = (draft: Draft) => Partial<Draft>;

async function keep(c: CitizenContext, deps: ErrandDeps, here: Here, change: Change): Promise<Response> {
  const { service, page } = here;
  await deps.store.update(here.visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (!draft) return;
    // What was wrong with somebody goes with them.
    const before = answered(draft, page);
    secret.drafts[service.slug] = changed(deps, service, draft, { ...before, ...change(before) });
  });
  return c.redirect(pageUrl(service, page), 303);
}

/** On without an identification: to fields for what it would have told, or to the ending that follows. */
async function goWithout(c: CitizenContext, deps: ErrandDeps, here: Here): Promise<Response> {
  const { service, page, draft, moment } = here;
  const answer = await keep(c, deps, here, (current) =>
    withIdentity(page, current, undefined, deps.reference),
  );
  if (page.identify?.otherwise !== 'ending') return answer;
  const { next = page } = walk(service, withIdentity(page, draft, undefined, deps.reference), moment);
  await deps.count(here, 'service.finished', 'finished');
  return c.redirect(pageUrl(service, next), 303);
}

async function beginIdentification(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  id: string,
): Promise<Response> {
  const { page, service } = here;
  const provider = deps.identity.find((one) => one.id === id);
  if (!provider || !page.identify) return c.redirect(pageUrl(service, page), 303);
  const { url, request } = await provider.begin({
    ...{ level: page.identify.level, means: page.identify.means },
    attributes: page.questions.flatMap(({ from }) => (from ? [from.attribute] : [])),
    // Comes back with the answer, in a form from another site, where nothing else tells how to speak.
    relay: here.visit.language,
  });
  await deps.store.update(here.visit, ({ secret }) => {
    secret.identifying = { service: service.slug, page: page.id, provider: id, request };
  });
  return c.redirect(url, 303);
}
