import { randomBytes } from 'node:crypto';
import { walk } from '#journey';
import { isOutcomeWord, sameText } from '#seal';
import { type CitizenContext, first, mayLeadTo, readOwnForm } from '#visit';
import { Alert, Button, type Html } from '#web';
import { takeAnswers } from '../answer-walk.ts';
import type { ErrandDeps } from '../deps.ts';
import { formPage, NOTHING_BESIDE, shellOf } from '../form-page.tsx';
import { answered } from '../shown-again.ts';
import { changed, countEnd, type Here, nextOf, pageUrl, reviewOf } from '../standing.ts';
import { stepWords } from '../words.ts';
import { type At, type KindOfPage, ORDINARY } from './kind.ts';

/** What devices are told of themselves on the way there: the path they lead back to. */
const RETURN = 'return';

/** Something that a device of the terminal does. It needs the address of the terminal's own program, and the key it signs with. */
export const device: KindOfPage = {
  ...ORDINARY,
  show(at, view) {
    const origin = originOf(at);
    if (origin) mayLeadTo(at.c, origin);
    const told = deviceStep(at.here, origin !== undefined);
    const beside = { ...NOTHING_BESIDE, ...told, onward: 'none', pictured: true } as const;
    return formPage(at, shellOf(at, view), view, beside);
  },
  async take(at, show) {
    const { c, deps, here } = at;
    const action = first((await readOwnForm(c)).fields, '_action');
    const origin = originOf(at);
    if (action === 'device' && origin) return toDevice(c, deps, here, origin);
    if (action === 'no-device' && !origin) return takeOutcome(c, deps, here, 'noReader');
    return takeAnswers(at, show);
  },
  below: { [RETURN]: { get: comeBack } },
};

/** @returns the origin of what the device serves at this machine */
function originOf({ c, deps, here }: At): string | undefined {
  return deps.deviceAt(here.page.device?.id ?? '', c.get('terminal'));
}

function deviceStep(here: Here, offered: boolean): { before: Html; ways: Html } {
  const w = stepWords(here.visit.language);
  if (!offered)
    return {
      before: <Alert tone="warning" title={w.noDevice} />,
      ways: (
        <Button kind="secondary" name="_action" value="no-device">
          {w.noDeviceNext}
        </Button>
      ),
    };
  return {
    before: <p class="lead">{w.deviceHint}</p>,
    ways: (
      <Button name="_action" value="device" pictogram="forward">
        {w.device}
      </Button>
    ),
  };
}

async function comeBack(at: At): Promise<Response> {
  const { c, deps, here } = at;
  const state = c.req.query('state') ?? '';
  const { step } = here.draft;
  // Only the step that was begun here; anything else shows the page again.
  if (!step || step.page !== here.page.id || !sameText(step.state, state))
    return c.redirect(pageUrl(here.service, here.page), 303);
  // Once: whoever comes again, because the first answer never came, goes on where it led.
  if (step.taken) return c.redirect(pageUrl(here.service, nextOf(here)), 303);
  const outcome = c.req.query('outcome') ?? '';
  if (!isOfProgram(at, outcome)) return c.redirect(pageUrl(here.service, here.page), 303);
  return takeOutcome(c, deps, here, outcome);
}

/**
 * Whether the terminal's own program says that it ended so. The browser brings the word, and may have changed it; the machine
 * must still be the one that was sent there, with its device and its registration.
 */
function isOfProgram(at: At, outcome: string): boolean {
  const { c, deps, here } = at;
  const { step } = here.draft;
  const terminal = c.get('terminal');
  if (!step || !deps.deviceKey || step.terminal !== terminal) return false;
  if (!originOf(at)) return false;
  return isOutcomeWord(deps.deviceKey, c.req.query('word') ?? '', step.state, outcome);
}

async function toDevice(c: CitizenContext, deps: ErrandDeps, here: Here, origin: string): Promise<Response> {
  const { page, service, visit, draft } = here;
  const state = randomBytes(18).toString('base64url');
  await deps.store.update(visit, ({ secret }) => {
    const current = secret.drafts[service.slug] ?? draft;
    secret.drafts[service.slug] = { ...current, step: { page: page.id, state, terminal: c.get('terminal') } };
  });
  const mode = draft.answers[page.device?.modeFrom ?? ''];
  const { size, contrast, reach } = visit.settings;
  const query = new URLSearchParams({
    ...{ mode: String(mode), language: visit.language, state, size: String(size) },
    ...{ contrast: contrast ? 'on' : 'off', reach: reach ? 'on' : 'off' },
    return: `${pageUrl(service, page)}/${RETURN}`,
  });
  return c.redirect(`${origin}/eid?${query}`, 303);
}

/** Writes down how a step ended and goes on. */
async function takeOutcome(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  outcome: string,
): Promise<Response> {
  const { page, service, visit, moment } = here;
  if (!page.questions[0]?.options.includes(outcome)) return c.redirect(pageUrl(service, page), 303);
  const saved = await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (!draft) return;
    const { step, ...rest } = answered(draft, page);
    secret.drafts[service.slug] = changed(deps, service, draft, {
      ...rest,
      ...(step && { step: { ...step, taken: true } }),
      answers: { ...draft.answers, [page.id]: outcome },
      seen: [...new Set([...draft.seen, page.id])],
    });
  });
  const draft = saved.secret.drafts[service.slug];
  const next = draft ? nextOf({ service, draft, walked: walk(service, draft, moment) }) : reviewOf(service);
  await countEnd(deps, here, next);
  return c.redirect(pageUrl(service, next), 303);
}
