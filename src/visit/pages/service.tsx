import type { City, OpeningHours } from '#city';
import type { CompiledService, Language, Place } from '#service';
import { Alert, type Html, layout, type Page, Pictogram } from '#web';
import { hoursText } from '../hours.ts';
import { words } from '../words.ts';

function Facts(props: { service: CompiledService; language: Language }): Html {
  const w = words(props.language);
  const texts = props.service.texts[props.language];
  return (
    <dl class="am-facts">
      <div>
        <dt>
          <Pictogram id="euro" />
          {w.costTitle}
        </dt>
        <dd>{texts.cost}</dd>
      </div>
      <div>
        <dt>
          <Pictogram id="clock" />
          {w.durationTitle}
        </dt>
        <dd>{texts.duration}</dd>
      </div>
    </dl>
  );
}

function OfficePlace(props: { place: Place; city: City; language: Language }): Html | null {
  const office = props.city.offices.get(props.place.ref);
  if (!office) return null;
  const w = words(props.language);
  return (
    <li class="am-place">
      <Pictogram id="office" />
      <div>
        <h3>{office.name}</h3>
        <p>{office.address}</p>
        <Hours hours={office.hours} language={props.language} title={w.hours} />
      </div>
    </li>
  );
}

/** Opening hours as people read them on a door. */
export function Hours(props: { hours: OpeningHours; language: Language; title: string }): Html {
  return (
    <dl class="am-hours">
      <dt>{props.title}</dt>
      {hoursText(props.hours, words(props.language)).map((line) => (
        <dd>{line}</dd>
      ))}
    </dl>
  );
}

function PlaceEntry(props: { place: Place; city: City; language: Language }): Html | null {
  const { place, city, language } = props;
  const w = words(language);
  if (place.kind === 'office') return OfficePlace({ place, city, language });
  if (place.kind === 'phone') {
    return (
      <li class="am-place">
        <Pictogram id="phone" />
        <div>
          <h3>{w.hotline}</h3>
          <p class="am-place__number">{place.ref}</p>
          <p>{w.hotlineText}</p>
        </div>
      </li>
    );
  }
  return (
    <li class="am-place">
      <Pictogram id="account" />
      <div>
        <h3>{w.portal}</h3>
        <p class="am-place__number">{new URL(place.ref).host}</p>
        <p>{w.portalHint}</p>
      </div>
    </li>
  );
}

function Start(props: { page: Page; service: CompiledService; begun: boolean }): Html {
  const w = words(props.page.language);
  return (
    <form method="post" action={`/service/${props.service.slug}`} class="am-actions" id="page-form">
      <input type="hidden" name="_csrf" value={props.page.csrf ?? ''} />
      {props.begun && (
        <Alert tone="info" title={w.begunTitle}>
          {w.begunText}
        </Alert>
      )}
      <button type="submit" class="am-button am-button--primary am-button--large">
        {props.begun ? w.goOn : w.start}
      </button>
      {props.begun && (
        <button type="submit" class="am-button am-button--quiet" name="_action" value="restart">
          {w.restart}
        </button>
      )}
    </form>
  );
}

/** What a service is, what one needs, what it costs, how long it takes; and the start, or where else to get it. */
export function servicePage(page: Page, service: CompiledService, city: City, begun: boolean): string {
  const w = words(page.language);
  const texts = service.texts[page.language];
  const native = service.fulfilment === 'case';
  return layout(
    { ...page, back: '/' },
    <article class="am-service">
      <header class="am-service__head">
        <Pictogram id={service.pictogram} />
        <hgroup>
          <h1>{texts.title}</h1>
          <p class="am-lead">{texts.summary}</p>
        </hgroup>
      </header>
      <Facts service={service} language={page.language} />
      {texts.needs.length > 0 && (
        <section>
          <h2>{w.needsTitle}</h2>
          <ul class="am-checklist">
            {texts.needs.map((need) => (
              <li>{need}</li>
            ))}
          </ul>
        </section>
      )}
      {native && <Start page={page} service={service} begun={begun} />}
      <section class="am-prose">
        {texts.about.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </section>
      {!native && (
        <section>
          <h2>{w.whereTitle}</h2>
          <Alert tone="info">{w.notHereYet}</Alert>
          <ul class="am-places">
            {service.places.map((place) => (
              <PlaceEntry place={place} city={city} language={page.language} />
            ))}
          </ul>
        </section>
      )}
      <p class="am-law">
        {w.lawTitle}: {service.legalBasis.join('; ')}
      </p>
    </article>,
  );
}
