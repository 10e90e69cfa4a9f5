/** What was paid on a day, for the books; team leads print it. */
import type { DayReport, Sums } from '#payment';
import { addDays, civilDate, type IsoDate, isIsoDate } from '#time';
import { type Child, EmptyState, type Html, Table } from '#web';
import { dayName, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, record } from './desk.ts';
import { deskPage, notFoundPage, PrintBar } from './frame.tsx';
import { euros, said, WAY_WORDS } from './words.ts';

const WORDS = said('dayReport');
const COLUMN = said('columns');
const REPORT_COLUMNS = [
  { title: COLUMN.way },
  { title: COLUMN.site },
  { title: COLUMN.device },
  { title: COLUMN.payments, numeric: true },
  { title: COLUMN.paid, numeric: true },
  { title: COLUMN.paidBack, numeric: true },
  { title: COLUMN.sum, numeric: true },
];
const CLOSING_COLUMNS = [
  { title: COLUMN.device },
  { title: COLUMN.site },
  { title: COLUMN.closing, numeric: true },
  { title: COLUMN.byDevice, numeric: true },
  { title: COLUMN.byLedger, numeric: true },
  { title: COLUMN.difference, numeric: true },
];

/** @returns the address of a day's report */
export const reportPath = (day: IsoDate): string => `/desk/payments/${day}`;

const sumCells = (sums: Sums): Child[] => [
  sums.paidCount,
  euros(sums.paidCents),
  euros(0 - sums.reversedCents),
  euros(sums.netCents),
];

function Report({ report, desk }: { report: DayReport; desk: Desk }): Html {
  const siteName = (site: string): string => desk.city.sites.get(site)?.name ?? site;
  return (
    <>
      <Table
        caption={WORDS.caption({ day: dayName(report.day) })}
        columns={REPORT_COLUMNS}
        rows={[
          ...report.lines.map((line) => [
            WAY_WORDS[line.way],
            siteName(line.site),
            line.terminal ?? '',
            ...sumCells(line),
          ]),
          [<strong>{WORDS.total}</strong>, '', '', ...sumCells(report)],
        ]}
      />
      {report.openCount > 0 && <p class="muted">{WORDS.open({ count: report.openCount })}</p>}
      {report.closings.length > 0 && (
        <Table
          caption={WORDS.closings}
          columns={CLOSING_COLUMNS}
          rows={report.closings.map((closing) => [
            closing.terminal,
            siteName(closing.site),
            shortInstant(closing.at),
            euros(closing.totalCents),
            euros(closing.ledgerCents),
            closing.differenceCents === 0 ? (
              WORDS.noDifference
            ) : (
              <strong>{euros(closing.differenceCents)}</strong>
            ),
          ])}
        />
      )}
    </>
  );
}

/** The report of one day; made for paper. For team leads: terminals belong to no single office. */
export async function reportPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const day = c.req.param('day') ?? '';
  const today = civilDate(desk.clock.now());
  if (!staff.lead || !isIsoDate(day) || day > today) return notFoundPage(desk, c);
  await record(desk, staff, 'report.opened', `payments/${day}`);
  const report = await desk.payments.dayReport(day);
  return deskPage(desk, c, {
    title: WORDS.titled({ day: dayName(day) }),
    section: 'payments',
    body: (
      <>
        <PrintBar back="/desk/payments">{said('frame').payments}</PrintBar>
        <hgroup>
          <p class="muted">{WORDS.title}</p>
          <h1>{dayName(day)}</h1>
        </hgroup>
        <nav class="toolbar no-print" aria-label={WORDS.days}>
          <a href={reportPath(addDays(day, -1))}>{WORDS.dayBefore}</a>
          {day < today && <a href={reportPath(addDays(day, 1))}>{WORDS.dayAfter}</a>}
        </nav>
        {report.lines.length === 0 && report.closings.length === 0 && report.openCount === 0 ? (
          <EmptyState heading="h2" pictogram="check" title={WORDS.nothing} />
        ) : (
          <Report report={report} desk={desk} />
        )}
      </>
    ),
  });
}
