import type { CaseView } from '#cases';
import type { CompiledService } from '#service';
import { type IsoDate, isIsoDate } from '#time';
import type { Html } from '#web';
import { dayName } from './dates.ts';
import type { DeskBooking, DeskContext } from './deps.ts';
import { calendarsOf, type Desk, record } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { inDrivingOrder, type Stop, stopOf } from './tour-list.ts';

type TourDay = Awaited<ReturnType<DeskBooking['days']>>[number];

function TourTable({ calendar, days }: { calendar: string; days: readonly TourDay[] }): Html {
  if (days.length === 0) return <p class="desk-empty">Für diese Touren sind keine Tage angelegt.</p>;
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col">Bezirk</th>
          <th scope="col" class="desk-figure">
            Gebucht
          </th>
          <th scope="col" class="desk-figure">
            Plätze
          </th>
          <th scope="col">Auslastung</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr>
            <th scope="row">
              <a href={`/desk/tours/${calendar}/${day.date}`} data-desk-row>
                {dayName(day.date)}
              </a>
            </th>
            <td>{day.area}</td>
            <td class="desk-figure">{day.taken - day.held}</td>
            <td class="desk-figure">{day.capacity}</td>
            <td>
              <meter
                min={0}
                max={day.capacity}
                value={day.taken - day.held}
                aria-label={`${day.taken - day.held} von ${day.capacity} Plätzen gebucht`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All tours of this person's offices, day by day. */
export async function toursPage(desk: Desk, c: DeskContext): Promise<Response> {
  const calendars = calendarsOf(desk, c.get('staff'));
  if (calendars.length === 0) return notFoundPage(desk, c);
  const tours = await Promise.all(
    calendars.map(async ({ calendar, service }) => ({
      calendar,
      title: service.texts.de.title,
      days: await desk.booking.days(calendar),
    })),
  );
  return deskPage(desk, c, {
    title: 'Touren',
    section: 'tours',
    body: (
      <am-desk-keys>
        <div class="desk-head">
          <h1>Touren</h1>
        </div>
        {tours.map(({ calendar, title, days }) => (
          <section>
            <h2>{title}</h2>
            <TourTable calendar={calendar} days={days} />
          </section>
        ))}
      </am-desk-keys>
    ),
  });
}

function Stops({ area, stops }: { area: string; stops: readonly Stop[] }): Html {
  return (
    <section class="desk-tour">
      <h2>
        Bezirk {area} <small>{stops.length === 1 ? '1 Halt' : `${stops.length} Halte`}</small>
      </h2>
      <table class="desk-table">
        <thead>
          <tr>
            <th scope="col" class="desk-figure">
              Nr.
            </th>
            <th scope="col">Adresse</th>
            <th scope="col">Was liegt dort</th>
            <th scope="col">Vorgang</th>
            <th scope="col">Erledigt</th>
          </tr>
        </thead>
        <tbody>
          {stops.map((stop, index) => (
            <tr>
              <td class="desk-figure">{index + 1}</td>
              <th scope="row">
                {stop.street} {stop.houseNumber}
                <br />
                <small>{stop.postcode}</small>
              </th>
              <td>
                {stop.lines.map((line) => (
                  <p class="desk-line">
                    <small>{line.label}</small> {line.value}
                  </p>
                ))}
              </td>
              <td>
                <a href={`/desk/cases/${stop.caseId}`} data-desk-row>
                  {stop.number}
                </a>
              </td>
              <td>
                <span class="desk-tick" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const GONE = new Set(['rejected', 'withdrawn']);

async function stopsOf(
  desk: Desk,
  service: CompiledService,
  calendar: string,
  date: IsoDate,
  offices: readonly string[],
): Promise<Stop[]> {
  const booked = await desk.booking.dayList(calendar, date);
  const views = await Promise.all(
    booked.map(async ({ caseId, area }) => ({ area, view: await desk.cases.read(caseId) })),
  );
  const wanted = (view: CaseView | undefined): view is CaseView =>
    view !== undefined && !GONE.has(view.state) && offices.includes(view.office);
  return views.flatMap(({ area, view }) =>
    wanted(view) ? [stopOf(desk.catalogue.get(view.service) ?? service, view, area)] : [],
  );
}

/** The list of one tour day for the collection crew: by area, street and house number; made for paper. */
export async function tourDayPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const date = c.req.param('date') ?? '';
  const tour = calendarsOf(desk, staff).find(({ calendar }) => calendar === c.req.param('calendar'));
  if (!tour || !isIsoDate(date)) return notFoundPage(desk, c);
  await record(desk, staff, 'tour.opened', `tour/${tour.calendar}/${date}`);
  const stops = inDrivingOrder(await stopsOf(desk, tour.service, tour.calendar, date, staff.offices));
  const areas = [...new Set(stops.map((stop) => stop.area))].sort();
  return deskPage(desk, c, {
    title: `Tour ${dayName(date)}`,
    section: 'tours',
    body: (
      <div class="desk-paper">
        <p class="desk-links">
          <a href="/desk/tours">Alle Touren</a> <am-print />
        </p>
        <div class="desk-head">
          <hgroup>
            <p class="desk-kicker">{tour.service.texts.de.title}</p>
            <h1>{dayName(date)}</h1>
          </hgroup>
        </div>
        {areas.length === 0 && <p class="desk-empty">An diesem Tag ist nichts abzuholen.</p>}
        {areas.map((area) => (
          <Stops area={area} stops={stops.filter((stop) => stop.area === area)} />
        ))}
      </div>
    ),
  });
}
