import type { Portal } from '#city';
import { germanIn } from '#language';
import type { Answers, ServiceTexts } from '#service';
import { Card, Facts, type Html, LinkButton } from '#web';
import { takeAnswers } from '../answer-walk.ts';
import type { ErrandDeps } from '../deps.ts';
import { formPage, NOTHING_BESIDE, shellOf } from '../form-page.tsx';
import { type Here, pageUrl } from '../standing.ts';
import { stepWords } from '../words.ts';
import { type At, type KindOfPage, ORDINARY } from './kind.ts';

/** Another authority's own online service, and how it went there. It needs the portal's address, of the city or a stand-in. */
export const portal: KindOfPage = {
  ...ORDINARY,
  show(at, view) {
    const shell = shellOf(at, view);
    const to = portalOf(at.deps, at.here);
    if (!to) return formPage(at, shell, view);
    const before = <PortalStep here={at.here} portal={to} texts={shell.texts} />;
    return formPage(at, shell, view, { ...NOTHING_BESIDE, before, onward: 'secondary' });
  },
  take: (at, show) => takeAnswers(at, show, countReturn),
  below: { leave: { get: leave } },
};

async function leave({ c, deps, here }: At): Promise<Response> {
  const to = portalOf(deps, here);
  if (!to) return c.notFound();
  await countLeaving(deps, here);
  return c.redirect(to.address, 303);
}

/** @returns the authority's own online service that the page opens */
function portalOf(deps: ErrandDeps, { page }: Pick<Here, 'page'>): Portal | undefined {
  const portal = page.portal === undefined ? undefined : deps.city.portals.get(page.portal);
  const address = portal && (deps.standIns.get(portal.id) ?? portal.address);
  return portal && address ? { ...portal, address } : undefined;
}

/** Two parts: what is done at the authority's own service, and what is asked for here afterwards. */
function PortalStep(props: { here: Here; portal: Portal; texts: ServiceTexts }): Html {
  const { here, portal, texts } = props;
  const w = stepWords(here.visit.language);
  const who = germanIn(here.visit.language, portal.name);
  const own = texts.portal;
  return (
    <>
      <Card title={w.portalFirst({ who })} pictogram="portal">
        {own && (
          <>
            <h3>{w.portalNeeds}</h3>
            <ul class="needs">
              {own.needs.map((need) => (
                <li>{need}</li>
              ))}
            </ul>
            <Facts
              items={[
                { pictogram: 'clock', text: `${w.portalTime}: ${own.duration}` },
                { pictogram: 'mail', text: `${w.portalAfter}: ${own.post}` },
              ]}
            />
          </>
        )}
        <p>{w.portalOpens({ host: new URL(portal.address).host })}</p>
        <LinkButton
          href={`${pageUrl(here.service, here.page)}/leave`}
          target="_blank"
          pictogram="portal"
          wide
        >
          {w.portalLeave({ who })}
        </LinkButton>
      </Card>
      <h2>{w.portalBack}</h2>
    </>
  );
}

/** Once for each draft: whoever asks for this address again and again has left once. */
async function countLeaving(deps: ErrandDeps, here: Here): Promise<void> {
  const { slug } = here.service;
  if (here.draft.left) return;
  let first = false;
  await deps.store.update(here.visit, ({ secret }) => {
    const draft = secret.drafts[slug];
    first = draft !== undefined && !draft.left;
    if (draft) secret.drafts[slug] = { ...draft, left: true };
  });
  if (first) await deps.count(here, 'portal.left', 'left');
}

/** How people say it went at another authority's portal. */
async function countReturn({ deps, here }: At, answers: Answers): Promise<void> {
  const went = here.page.questions.map(({ id }) => answers[id]).find((answer) => typeof answer === 'string');
  await deps.count(
    here,
    'portal.back',
    went === 'done' || went === 'later' || went === 'problem' ? went : 'other',
  );
}
