/** What stands on pages that reach outside the form: signing in, a device, another authority's portal. */
import type { Portal } from '#city';
import type { FieldError } from '#journey';
import type { ServiceTexts } from '#service';
import { Actions, Alert, Button, Card, type Child, Facts, type Html, LinkButton, type Onward } from '#web';
import type { ErrandDeps } from './deps.ts';
import { identifyStep } from './identify.tsx';
import { type Here, pageUrl } from './standing.ts';
import { stepWords } from './words.ts';

/** What a step adds to the ordinary page: something above the questions, and which questions are not asked (any more). */
export interface Step {
  before: Child;
  settled: ReadonlySet<string>;
  /** The next button; none where the step's own buttons lead on, and second where one of them comes first. */
  onward: Onward;
  /** The page's own text has said what it had to. */
  brief: boolean;
}

const NO_STEP: Step = { before: undefined, settled: new Set(), onward: 'primary', brief: false };

/**
 * @param view what was wrong with the page's form, and whether the machine has the device that the page is about
 * @returns what this page has beside its questions
 */
export function stepOf(
  deps: ErrandDeps,
  here: Here,
  texts: ServiceTexts,
  { errors, hasDevice }: { errors: readonly FieldError[]; hasDevice: boolean },
): Step {
  switch (here.page.kind) {
    case 'identify':
      return identifyStep(deps, here, texts, errors);
    case 'device':
      return { ...NO_STEP, before: <DeviceStep here={here} offered={hasDevice} />, onward: 'none' };
    case 'portal':
      return portalStep(here, portalOf(deps, here), texts);
    default:
      return NO_STEP;
  }
}

function DeviceStep(props: { here: Here; offered: boolean }): Html {
  const { here, offered } = props;
  const w = stepWords(here.visit.language);
  if (!offered)
    return (
      <Alert tone="warning" title={w.noDevice}>
        <Button kind="secondary" name="_action" value="no-device">
          {w.noDeviceNext}
        </Button>
      </Alert>
    );
  return (
    <>
      <p class="lead">{w.deviceHint}</p>
      <Actions>
        <Button name="_action" value="device" pictogram="forward">
          {w.device}
        </Button>
      </Actions>
    </>
  );
}

/** @returns the authority's own online service that the page opens */
export function portalOf(deps: ErrandDeps, { page }: Pick<Here, 'page'>): Portal | undefined {
  const portal = page.portal === undefined ? undefined : deps.city.portals.get(page.portal);
  const address = portal && (deps.standIns.get(portal.id) ?? portal.address);
  return portal && address ? { ...portal, address } : undefined;
}

function portalStep(here: Here, portal: Portal | undefined, texts: ServiceTexts): Step {
  if (!portal) return NO_STEP;
  const before = <PortalStep here={here} portal={portal} texts={texts} />;
  return { ...NO_STEP, before, onward: 'secondary' };
}

/** Two parts: what is done at the authority's own service, and what is asked for here afterwards. */
function PortalStep(props: { here: Here; portal: Portal; texts: ServiceTexts }): Html {
  const { here, portal, texts } = props;
  const w = stepWords(here.visit.language);
  const own = texts.portal;
  return (
    <>
      <Card title={w.portalFirst({ who: portal.name })} pictogram="portal">
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
          {w.portalLeave({ who: portal.name })}
        </LinkButton>
      </Card>
      <h2>{w.portalBack}</h2>
    </>
  );
}
