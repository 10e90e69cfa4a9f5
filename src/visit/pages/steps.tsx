/** What stands on pages that reach outside the form: signing in, a device, another authority's portal. */
import type { City, Portal } from '#city';
import { type FieldError, isFromId, isLocked, readableAnswer } from '#journey';
import type { CompiledPage, CompiledQuestion, ServiceTexts } from '#service';
import {
  Actions,
  Alert,
  Button,
  Card,
  type Child,
  countryName,
  errorText,
  Facts,
  fieldId,
  type Html,
  LinkButton,
  Pictogram,
  SummaryList,
} from '#web';
import type { VisitDeps } from '../deps.ts';
import { type Here, pageUrl } from '../standing.ts';
import { stepWords } from '../step-words.ts';

/** What a step adds to the ordinary page: something above the questions, and which questions are not asked (any more). */
export interface Step {
  before: Child;
  settled: ReadonlySet<string>;
  /** Without a next button: the step's own buttons lead on. */
  closed: boolean;
}

const NO_STEP: Step = { before: undefined, settled: new Set(), closed: false };

/** @returns what this page has beside its questions */
export function stepOf(
  deps: VisitDeps,
  here: Here,
  texts: ServiceTexts,
  errors: readonly FieldError[],
): Step {
  switch (here.page.kind) {
    case 'identify':
      return identifyStep(deps, here, texts, errors);
    case 'device':
      return { ...NO_STEP, before: <DeviceStep deps={deps} here={here} />, closed: true };
    case 'portal':
      return { ...NO_STEP, before: <PortalStep here={here} portal={portalOf(deps, here)} texts={texts} /> };
    default:
      return NO_STEP;
  }
}

const all = (page: CompiledPage): ReadonlySet<string> => new Set(page.questions.map(({ id }) => id));

function identifyStep(deps: VisitDeps, here: Here, texts: ServiceTexts, errors: readonly FieldError[]): Step {
  const { page, draft, visit } = here;
  const w = stepWords(visit.language);
  const level = draft.answers[page.id];
  if (level === undefined)
    return {
      before: <SignIn deps={deps} here={here} texts={texts} errors={errors} />,
      settled: all(page),
      closed: true,
    };
  const again = (word: string): Html => (
    <Button kind="quiet" name="_action" value="again">
      {word}
    </Button>
  );
  if (level === 'none') {
    const before = <Alert title={w.withoutTitle}>{again(w.signInAfterAll)}</Alert>;
    return { before, settled: new Set(), closed: false };
  }
  const locked = page.questions.filter((question) => isLocked(question, draft));
  const lines = locked.map((question) => shown(question, here, texts));
  return {
    before: (
      <Card tone="accent">
        <SummaryList sections={[{ page: page.id, title: w.fromId, lines }]} empty="–" />
        <p>{w.fromIdText}</p>
        {again(w.again)}
      </Card>
    ),
    settled: new Set(locked.map(({ id }) => id)),
    closed: false,
  };
}

function shown(question: CompiledQuestion, { walked, visit }: Here, texts: ServiceTexts) {
  const answer = walked.answers[question.id];
  const country = (code: string): string => countryName(code, visit.language);
  return {
    field: question.id,
    label: texts.questions[question.id]?.label ?? question.id,
    value:
      answer === undefined
        ? '–'
        : readableAnswer(question, question.id, answer, texts, visit.language, { country }),
    file: undefined,
  };
}

/** @returns ids of questions that the ID has answered but people may change */
export function prefilled({ page, draft }: Here): ReadonlySet<string> {
  const open = page.questions.filter((question) => isFromId(question, draft) && !isLocked(question, draft));
  return new Set(open.map(({ id }) => id));
}

const LEVEL_WORDS = { low: 'signInLow', substantial: 'signInSubstantial', high: 'signInHigh' } as const;

/** Why, which data, by whom (§ 18(4) PAuswG), and the ways that reach the level. */
function SignIn(props: {
  deps: VisitDeps;
  here: Here;
  texts: ServiceTexts;
  errors: readonly FieldError[];
}): Html {
  const { deps, here, texts } = props;
  const { page, visit } = here;
  const w = stepWords(visit.language);
  const reads = page.questions.filter((question) => question.from);
  return (
    <>
      <Card title={w.readsTitle} pictogram="idCard">
        <ul class="needs">
          {reads.map(({ id }) => (
            <li>{texts.questions[id]?.label}</li>
          ))}
        </ul>
        <p>{w.readsBy(readerOf(deps.city))}</p>
        <p>{w.readsAuthority(deps.city.privacy.authority)}</p>
        <p>{w.readsOnce}</p>
      </Card>
      <p>{w[LEVEL_WORDS[page.identify?.level ?? 'high']]}</p>
      <div id={fieldId(page.id)}>
        {props.errors
          .filter(({ field }) => field === page.id)
          .map((error) => (
            <p class="kern-error">
              <Pictogram id="error" />
              <span data-field={error.field} data-error={error.code}>
                {errorText(error, undefined, visit.language)}
              </span>
            </p>
          ))}
      </div>
      {deps.identity.length === 0 && <Alert tone="warning" title={w.noProvider} />}
      <Actions>
        {deps.identity.map(({ id, name }) => (
          <Button name="_action" value={`identify:${id}`} pictogram="idCard">
            {w.signIn(name)}
          </Button>
        ))}
        {page.identify?.otherwise && (
          <Button kind="secondary" name="_action" value="without">
            {w.without}
          </Button>
        )}
      </Actions>
    </>
  );
}

const readerOf = ({ name, imprint }: City): string =>
  [`Stadt ${name}`, imprint.operator, imprint.address].join(', ');

function DeviceStep(props: { deps: VisitDeps; here: Here }): Html {
  const { deps, here } = props;
  const w = stepWords(here.visit.language);
  if (!deps.deviceAt(here.page.device?.id ?? '', here.visit.terminal))
    return (
      <Alert tone="warning" title={w.noDevice}>
        <Button kind="secondary" name="_action" value="no-device">
          {w.noDeviceNext}
        </Button>
      </Alert>
    );
  return (
    <>
      <p>{w.deviceHint}</p>
      <Actions>
        <Button name="_action" value="device" pictogram="forward">
          {w.device}
        </Button>
      </Actions>
    </>
  );
}

/** @returns the authority's own online service that the page opens */
export function portalOf(deps: VisitDeps, { page }: Pick<Here, 'page'>): Portal | undefined {
  const portal = page.portal === undefined ? undefined : deps.city.portals.get(page.portal);
  const address = portal && (deps.standIns.get(portal.id) ?? portal.address);
  return portal && address ? { ...portal, address } : undefined;
}

function PortalStep(props: { here: Here; portal: Portal | undefined; texts: ServiceTexts }): Html | null {
  const { here, portal, texts } = props;
  const w = stepWords(here.visit.language);
  if (!portal) return null;
  const own = texts.portal;
  return (
    <>
      {own && (
        <Card title={w.portalNeeds} pictogram="check">
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
        </Card>
      )}
      <p>{w.portalOpens(portal.name, new URL(portal.address).host)}</p>
      <Actions>
        <LinkButton href={`${pageUrl(here.service, here.page)}/leave`} target="_blank" pictogram="portal">
          {w.portalLeave}
        </LinkButton>
      </Actions>
      <h2>{w.portalBack}</h2>
    </>
  );
}
