import type { City } from '#city';
import { germanIn } from '#language';
import { formatNumber } from '#seal';
import type { CompiledService } from '#service';
import {
  type Draft,
  NothingBegun,
  type Over,
  PlaceEntry,
  Renewed,
  VisitEnded,
  VisitOver,
  type VisitReceipt,
} from '#visit';
import {
  Alert,
  Button,
  Do,
  Figure,
  Go,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  Say,
  softHyphens,
} from '#web';
import { costOf, timeOf } from './facts.ts';
import { words } from './words.ts';

/** What stands in the way of simply beginning: something begun already, another version of it, a payment that may be open. */
function Begun(props: { page: Page; begun: Draft | undefined; paying: boolean }): Html {
  const { page, begun, paying } = props;
  const w = words(page.language);
  return (
    <>
      {begun?.renewed && <Renewed language={page.language} />}
      {begun && !begun.renewed && <Alert title={w.begunTitle}>{w.begunText}</Alert>}
      {paying && (
        <Alert tone="warning" title={w.payingTitle}>
          {w.payingText}
        </Alert>
      )}
    </>
  );
}

/** The one next step: begin, or go on with what was begun. */
function Start(props: { page: Page; service: CompiledService; begun: Draft | undefined }): Html {
  const w = words(props.page.language);
  return (
    <JourneyForm action={`/service/${props.service.slug}`} page={props.page}>
      <Button pictogram="forward">{props.begun ? w.goOn : w.start}</Button>
      {props.begun && (
        <Button kind="secondary" name="_action" value="restart">
          {w.restart}
        </Button>
      )}
    </JourneyForm>
  );
}

/** What it costs and how long it takes. */
function Numbers(props: { page: Page; service: CompiledService }): Html {
  const { page, service } = props;
  const w = words(page.language);
  return (
    <dl class="numbers">
      <Figure label={w.costLabel} {...costOf(service, page.language)} />
      <Figure label={page.mode === 'terminal' ? w.timeHere : w.timeOwn} {...timeOf(service, page.language)} />
    </dl>
  );
}

/** What must be at hand: nobody is asked for something that lies at home. */
function Needs(props: { page: Page; service: CompiledService }): Html | null {
  const { page, service } = props;
  const w = words(page.language);
  const { needs } = service.texts[page.language];
  const byLetter = service.pages.some(({ identify }) => identify?.letterCode);
  // A terminal cannot take files from anybody but by a phone.
  const byPhone =
    page.mode === 'terminal' &&
    service.pages.some((one) => one.questions.some(({ kind }) => kind === 'file'));
  if (needs.length === 0 && !byPhone) return null;
  return (
    <section class="ready">
      <h2>{w.needsTitle}</h2>
      <ul class="ready-list">
        {needs.map((need) => (
          <li>{need}</li>
        ))}
        {byLetter && <li>{w.needLetter}</li>}
        {byPhone && <li>{w.needPhone}</li>}
      </ul>
    </section>
  );
}

/** All else that there is to know, for who asks for it. */
function More(props: { page: Page; service: CompiledService }): Html {
  const { page, service } = props;
  const w = words(page.language);
  return (
    <details class="unfold">
      <summary>{w.moreTitle}</summary>
      <div class="prose">
        {service.texts[page.language].about.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        <p class="muted">
          {w.lawTitle}: {germanIn(page.language, service.legalBasis.join('; '))}
        </p>
      </div>
    </details>
  );
}

/** Before anybody begins: which of it they will have to read in German, and who helps. */
function InGerman({ page, service }: { page: Page; service: CompiledService }): Html | null {
  const w = words(page.language);
  if (service.foreign?.includes(page.language))
    return <Alert title={w.germanTitle}>{w.germanText(page)}</Alert>;
  return service.partly?.includes(page.language) ? <Alert title={w.partlyTitle}>{w.partlyText}</Alert> : null;
}

function Elsewhere(props: { page: Page; service: CompiledService; city: City }): Html {
  const { page, service, city } = props;
  const w = words(page.language);
  return (
    <section>
      <h2>{w.whereTitle}</h2>
      <Alert title={w.notHereYet} />
      <ul class="places">
        {service.places.map((place) => (
          <PlaceEntry
            place={place}
            city={city}
            language={page.language}
            terminal={page.mode === 'terminal'}
          />
        ))}
      </ul>
    </section>
  );
}

/**
 * What a service is, what one needs, what it costs, how long it takes; and the start, or where else to get it.
 * @param sent what was handed in here in the same visit: nobody does it twice unknowingly
 * @param paying whether something of it waits for its payment, for which a pay page may be open
 * @param over what became of the visit before; `nothing` for somebody whose browser holds none that has just begun,
 *   `ended` where it holds none and somebody wanted on
 */
export function servicePage(
  page: Page,
  service: CompiledService,
  city: City,
  begun: Draft | undefined,
  sent: VisitReceipt | undefined,
  paying: boolean,
  over: Over | 'nothing' | 'ended' | undefined,
): string {
  const w = words(page.language);
  const texts = service.texts[page.language];
  const native = service.pages.length > 0;
  return layout(
    {
      ...page,
      kind: 'service',
      back: '/',
      ...(service.unapproved?.includes(page.language) && { machine: true }),
    },
    <>
      <Say>
        <h1>{softHyphens(texts.title)}</h1>
        <p class="lead">{texts.summary}</p>
      </Say>
      <Do>
        {over === 'nothing' && <NothingBegun language={page.language} />}
        {over === 'ended' && <VisitEnded page={page} />}
        {typeof over === 'object' && (
          <VisitOver
            over={over}
            language={page.language}
            begun={over.begun === service.slug ? texts.title : undefined}
          />
        )}
        <Begun page={page} begun={begun} paying={paying} />
        {sent && (
          <Alert title={w.sentTitle({ number: formatNumber(sent.number) })}>
            <LinkButton kind="secondary" href={`/service/${service.slug}/done`}>
              {w.sentLook}
            </LinkButton>
          </Alert>
        )}
        <InGerman page={page} service={service} />
        <Numbers page={page} service={service} />
        <Needs page={page} service={service} />
        {!native && <Elsewhere page={page} service={service} city={city} />}
        <More page={page} service={service} />
      </Do>
      <Go page={{ ...page, back: '/' }}>
        {native ? <Start page={page} service={service} begun={begun} /> : undefined}
      </Go>
    </>,
  );
}
