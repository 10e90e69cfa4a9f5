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
  Actions,
  Alert,
  Button,
  Card,
  Facts,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  Pictogram,
} from '#web';
import { words } from './words.ts';

function Start(props: {
  page: Page;
  service: CompiledService;
  begun: Draft | undefined;
  paying: boolean;
}): Html {
  const w = words(props.page.language);
  return (
    <JourneyForm action={`/service/${props.service.slug}`} page={props.page}>
      {props.begun?.renewed && <Renewed language={props.page.language} />}
      {props.begun && !props.begun.renewed && <Alert title={w.begunTitle}>{w.begunText}</Alert>}
      {props.paying && (
        <Alert tone="warning" title={w.payingTitle}>
          {w.payingText}
        </Alert>
      )}
      <Actions>
        <Button pictogram="forward">{props.begun ? w.goOn : w.start}</Button>
        {props.begun && (
          <Button kind="quiet" name="_action" value="restart">
            {w.restart}
          </Button>
        )}
      </Actions>
    </JourneyForm>
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
  const byLetter = service.pages.some(({ identify }) => identify?.letterCode);
  return layout(
    { ...page, back: '/', ...(service.unapproved?.includes(page.language) && { machine: true }) },
    <article class="stack">
      {over === 'nothing' && <NothingBegun language={page.language} />}
      {over === 'ended' && <VisitEnded page={page} />}
      {typeof over === 'object' && (
        <VisitOver
          over={over}
          language={page.language}
          begun={over.begun === service.slug ? texts.title : undefined}
        />
      )}
      <div class="title">
        <span class="title-picture">
          <Pictogram id={service.pictogram} />
        </span>
        <h1>{texts.title}</h1>
      </div>
      <p class="lead">{texts.summary}</p>
      <InGerman page={page} service={service} />
      <Facts
        items={[
          { pictogram: 'euro', text: texts.cost },
          { pictogram: 'clock', text: texts.duration },
        ]}
      />
      {texts.needs.length > 0 && (
        <Card title={w.needsTitle} pictogram="check">
          <ul class="needs">
            {texts.needs.map((need) => (
              <li>{need}</li>
            ))}
            {byLetter && <li>{w.needLetter}</li>}
          </ul>
        </Card>
      )}
      {sent && (
        <Alert title={w.sentTitle({ number: formatNumber(sent.number) })}>
          <LinkButton kind="secondary" href={`/service/${service.slug}/done`}>
            {w.sentLook}
          </LinkButton>
        </Alert>
      )}
      {native && <Start page={page} service={service} begun={begun} paying={paying} />}
      <section class="prose">
        {texts.about.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </section>
      {!native && <Elsewhere page={page} service={service} city={city} />}
      <p class="muted small">
        {w.lawTitle}: {germanIn(page.language, service.legalBasis.join('; '))}
      </p>
    </article>,
  );
}
