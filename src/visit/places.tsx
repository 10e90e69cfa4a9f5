import type { City, Office, OpeningHours, Site } from '#city';
import { germanIn, type Language } from '#language';
import type { Appointment, Place } from '#service';
import { type Html, type Page, PlaceCard } from '#web';
import { expressLines, goingTo } from './appointment.ts';
import { hoursText } from './hours.ts';
import { words } from './words.ts';

/** The number of all authorities: its hours are the same everywhere, and it needs no area code. */
const ALL_AUTHORITIES = '115';

/** The phone number where people answer. */
export function Hotline(props: { number: string; language: Language; heading?: 'h2' | 'h3' }): Html {
  const w = words(props.language);
  const isCommon = props.number === ALL_AUTHORITIES;
  return (
    <PlaceCard
      pictogram="phone"
      title={`${isCommon ? w.hotline : w.hotlineOwn} ${props.number}`}
      lines={isCommon ? [w.hotlineText] : []}
      heading={props.heading}
    />
  );
}

function HourLines({ lines }: { lines: readonly string[] }): Html | null {
  if (lines.length === 0) return null;
  return (
    <ul class="hours">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

/** Opening hours as people read them on a door. */
export function Hours(props: { hours: OpeningHours; language: Language }): Html | null {
  return <HourLines lines={hoursText(props.hours, words(props.language))} />;
}

/** A staffed office with address and hours: those of its express counter say what they are for. */
export function OfficeCard(props: { id: string; city: City; language: Language }): Html | null {
  const office = props.city.offices.get(props.id);
  if (!office) return null;
  const express = expressLines(office, props.language);
  return (
    <PlaceCard
      pictogram="office"
      title={germanIn(props.language, office.name)}
      lines={[germanIn(props.language, office.address)]}
    >
      <Hours hours={office.hours} language={props.language} />
      {express && (
        <>
          <p>{express.title}</p>
          <HourLines lines={express.hours} />
          <p>{express.rest}</p>
        </>
      )}
    </PlaceCard>
  );
}

/** The office somebody is sent to, and whether they need an appointment there. */
export function GoingCard(props: {
  office: Office;
  appointment: Appointment;
  page: Pick<Page, 'language' | 'phone'>;
}): Html {
  const { office, appointment, page } = props;
  const going = goingTo(office, appointment, page.language, page.phone);
  return (
    <PlaceCard
      pictogram="office"
      title={germanIn(page.language, office.name)}
      lines={[germanIn(page.language, office.address)]}
    >
      <p data-appointment={appointment}>
        <strong>{going.appointment}</strong>
      </p>
      <HourLines lines={going.hours} />
    </PlaceCard>
  );
}

/** Where this site is and when it is open. */
export function SiteCard(props: { site: Site; language: Language; heading?: 'h2' | 'h3' }): Html {
  const { site, language, heading } = props;
  return (
    <PlaceCard
      pictogram="clock"
      title={germanIn(language, site.name)}
      lines={[germanIn(language, site.address), words(language).hours]}
      heading={heading}
    >
      <Hours hours={site.hours} language={language} />
    </PlaceCard>
  );
}

/** One way to get a service that is not finished here. */
export function PlaceEntry(props: {
  place: Place;
  city: City;
  language: Language;
  terminal: boolean;
}): Html | null {
  const { place, city, language } = props;
  const w = words(language);
  if (place.kind === 'office') return OfficeCard({ id: place.ref, city, language });
  if (place.kind === 'phone') return Hotline({ number: place.ref, language });
  const { host } = new URL(place.ref);
  const address = props.terminal ? <strong>{host}</strong> : <a href={place.ref}>{host}</a>;
  return <PlaceCard pictogram="portal" title={w.portal} lines={[address, w.portalHint]} />;
}
