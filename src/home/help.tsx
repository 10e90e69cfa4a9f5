import { type City, ownSite } from '#city';
import { type Asks, kindOf } from '#kinds';
import { germanIn } from '#language';
import type { CompiledPage } from '#service';
import type { IsoDate } from '#time';
import { GoingCard, Hotline, OfficeCard } from '#visit';
import {
  type Html,
  LayerActions,
  LayerBody,
  LayerPage,
  Legal,
  LinkButton,
  type Page,
  PlaceCard,
  QrCode,
  ScreenSettings,
} from '#web';
import { isOpenToAll, staffedOffice } from './offers.ts';
import { words } from './words.ts';

type HelpWord = `help${'One' | 'Many' | 'Text' | 'Write' | 'Count' | 'Date' | 'File' | 'Any'}`;

/** What helps with a way of being asked; what is not here is written. */
const HELP: Partial<Record<Asks['as'], HelpWord>> = {
  ...{ yesNo: 'helpOne', options: 'helpOne', declaration: 'helpMany', nothing: 'helpAny' },
  ...{ count: 'helpCount', counted: 'helpCount', slot: 'helpDate', file: 'helpFile' },
};

/** Kinds of what stands in people's papers, letter by letter. */
const IN_PAPERS: ReadonlySet<string> = new Set(['name', 'serialNumber', 'iban']);

/** @returns what helps with answering a page */
function helpWith({ questions }: CompiledPage): HelpWord {
  const [first] = questions;
  if (!first) return 'helpAny';
  const how = kindOf(first).asks(first);
  if (how.as === 'options' && !how.one) return 'helpMany';
  const inPapers = questions.some(({ kind, from }) => from !== undefined || IN_PAPERS.has(kind));
  return HELP[how.as] ?? (inPapers ? 'helpText' : 'helpWrite');
}

/** A person: on the phone, which at a terminal is their own, and at an office. */
function APerson(props: { page: Page; city: City; today: IsoDate; begun: string | undefined }): Html {
  const { page, city, today } = props;
  const w = words(page.language);
  const office = staffedOffice(city);
  const own = city.offices.get(props.begun ?? '');
  // What closes single places says nothing of an office; what closes all of them also stands at the one that never closes.
  const closed = city.closureOf(ownSite(city), today);
  const call = `tel:${city.phone115.replace(/[^\d+]/g, '')}`;
  return (
    <section>
      <h2>{w.helpPerson}</h2>
      <div class="help-person">
        <div>
          {office && closed !== undefined && (
            <p>
              <strong>{w.closedReason({ reason: germanIn(page.language, closed) })}</strong>
            </p>
          )}
          <ul class="places">
            {own && own !== office && (
              <PlaceCard
                pictogram="office"
                title={germanIn(page.language, own.name)}
                lines={[w.helpOffice, germanIn(page.language, own.address)]}
              />
            )}
            {own && own !== office && office && <li>{w.helpElse}</li>}
            {office &&
              (isOpenToAll(office) ? (
                <OfficeCard id={office.id} city={city} language={page.language} />
              ) : (
                <GoingCard office={office} appointment="needed" page={page} />
              ))}
            <Hotline number={city.phone115} language={page.language} />
          </ul>
        </div>
        {page.mode === 'terminal' && (
          <div class="help-call">
            <QrCode text={call} label={w.helpCall} />
            <p>{w.helpCall}</p>
          </div>
        )}
      </div>
    </section>
  );
}

/**
 * Nobody is left alone: what helps with the page that somebody comes from, a person, and how the screen can be.
 * @param from the page it was asked for on, and where it leads back to
 * @param asked that page, where it is one of a service
 * @param begun the office that is responsible where it was asked for
 * @param today the hours of an office do not hold on a day on which the whole city is closed
 */
export function helpPage(
  page: Page,
  city: City,
  today: IsoDate,
  from: string,
  asked: CompiledPage | undefined,
  begun?: string,
): string {
  const w = words(page.language);
  return LayerPage(
    { ...page, title: w.helpTitle, page: 'help' },
    'help',
    <>
      <LayerBody language={page.language}>
        <h1>{w.helpTitle}</h1>
        {asked && (
          <section>
            <h2>{w.helpQuestion}</h2>
            <p>{w[helpWith(asked)]}</p>
          </section>
        )}
        <APerson page={page} city={city} today={today} begun={begun} />
        <div class="help-screen">
          <h2>{w.helpScreen}</h2>
          <ScreenSettings page={page} back={from} />
        </div>
        {page.mode === 'terminal' && <Legal page={{ ...page, page: 'help', path: from }} />}
      </LayerBody>
      <LayerActions>
        <LinkButton href={from} close>
          {asked ? w.helpBackTo : w.helpBack}
        </LinkButton>
      </LayerActions>
    </>,
  );
}
