import type { BookingDay } from '#booking';
import { type IsoDate, isIsoDate } from '#time';
import { type Child, EmptyState, type Html, Table } from '#web';
import { ToDecideBadge } from './case-parts.tsx';
import { dayName } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { actor, areaName, type Desk } from './desk.ts';
import { deskPage, notFoundPage, PrintBar } from './frame.tsx';
import { inDrivingOrder, type Stop, stopOf } from './tour-list.ts';
import { said } from './words.ts';

const WORDS = said('tours');
const COLUMN = said('columns');
const TITLE = said('frame').tours;
const DAY_COLUMNS = [
  { title: COLUMN.day },
  { title: COLUMN.areas },
  { title: COLUMN.booked, numeric: true },
  { title: COLUMN.places, numeric: true },
  { title: COLUMN.load },
];
const STOP_COLUMNS = [
  { title: COLUMN.stop, numeric: true },
  { title: COLUMN.address },
  { title: COLUMN.items },
  { title: COLUMN.case },
  { title: COLUMN.loaded },
];

/** One row a day, whatever number of areas are driven on it. */
function dayCells(desk: Desk, calendar: string, date: IsoDate, days: readonly BookingDay[]): Child[] {
  const booked = days.reduce((sum, day) => sum + day.taken - day.held, 0);
  const capacity = days.reduce((sum, day) => sum + day.capacity, 0);
  return [
    <a href={`/desk/tours/${calendar}/${date}`} class="row-link" data-desk-row>
      {dayName(date)}
    </a>,
    days.map((day) => (
      <span class="area-load">
        {areaName(desk, calendar, day.area)}{' '}
        <span class="muted">
          {day.taken - day.held}/{day.capacity}
        </span>
      </span>
    )),
    booked,
    capacity,
    <meter min={0} max={capacity} value={booked} aria-label={WORDS.load({ booked, capacity })} />,
  ];
}

interface CalendarProps {
  desk: Desk;
  calendar: string;
  title: string;
  days: readonly BookingDay[];
}

function Calendar({ desk, calendar, title, days }: CalendarProps): Html {
  if (days.length === 0) {
    return <EmptyState heading="h2" pictogram="calendar" title={WORDS.noDays({ tour: title })} />;
  }
  const byDate = Map.groupBy(days, (day) => day.date);
  const rows = [...byDate].map(([date, areas]) => dayCells(desk, calendar, date, areas));
  return <Table caption={title} columns={DAY_COLUMNS} rows={rows} />;
}

/** All tours of this person's offices, day by day. */
export async function toursPage(desk: Desk, c: DeskContext): Promise<Response> {
  const calendars = await desk.cases.calendars(c.get('staff').offices);
  if (calendars.length === 0) return notFoundPage(desk, c);
  const tours = await Promise.all(
    calendars.map(async (one) => ({ ...one, days: await desk.booking.days(one.calendar) })),
  );
  return deskPage(desk, c, {
    title: TITLE,
    section: 'tours',
    body: (
      <>
        <div class="desk-top">
          <h1>{TITLE}</h1>
        </div>
        {tours.map((tour) => (
          <Calendar desk={desk} {...tour} />
        ))}
        <am-desk-keys />
      </>
    ),
  });
}

function stopCells(stop: Stop, index: number): Child[] {
  return [
    index + 1,
    <>
      <strong class="stop-address" dir="auto">
        {stop.street} {stop.houseNumber}
      </strong>
      <small class="muted">{stop.postcode}</small>
      {stop.toDecide && <ToDecideBadge />}
    </>,
    <dl class="stop-lines">
      {stop.lines.map((line) => (
        <div>
          <dt>{line.label}</dt>
          <dd dir="auto">{line.value}</dd>
        </div>
      ))}
    </dl>,
    <a href={`/desk/cases/${stop.caseId}`} class="row-link" data-desk-row>
      {stop.number}
    </a>,
    <span class="tick" />,
  ];
}

function Area({ name, stops }: { name: string; stops: readonly Stop[] }): Html {
  return (
    <Table
      caption={WORDS.stops({ count: stops.length, area: name })}
      columns={STOP_COLUMNS}
      rows={stops.map(stopCells)}
    />
  );
}

/** The list of one tour day for the collection crew: by area, street and house number; made for paper. */
export async function tourDayPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const date = c.req.param('date') ?? '';
  const calendars = await desk.cases.calendars(staff.offices);
  const tour = calendars.find(({ calendar }) => calendar === c.req.param('calendar'));
  if (!tour || !isIsoDate(date)) return notFoundPage(desk, c);
  const booked = await desk.booking.dayList(tour.calendar, date);
  const found = await desk.cases.forTour({ calendar: tour.calendar, date }, booked, actor(staff));
  const stops = inDrivingOrder(found.map(stopOf));
  const areas = [...new Set(stops.map((stop) => stop.area))].sort();
  return deskPage(desk, c, {
    title: WORDS.titled({ day: dayName(date) }),
    section: 'tours',
    body: (
      <>
        <PrintBar back="/desk/tours">{WORDS.all}</PrintBar>
        <hgroup>
          <p class="muted">{tour.title}</p>
          <h1>{dayName(date)}</h1>
        </hgroup>
        {areas.length === 0 && <EmptyState heading="h2" pictogram="calendar" title={WORDS.nothing} />}
        {areas.map((area) => (
          <Area
            name={areaName(desk, tour.calendar, area)}
            stops={stops.filter((stop) => stop.area === area)}
          />
        ))}
        <am-desk-keys />
      </>
    ),
  });
}
