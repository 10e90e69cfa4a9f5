/** What was paid on a day, for the books; team leads print it. */
import type { DayReport, Sums } from '#payment';
import { addDays, civilDate, type IsoDate, isIsoDate } from '#time';
import { type Child, EmptyState, type Html, Table } from '#web';
import { dayName, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, record } from './desk.ts';
import { deskPage, notFoundPage, PrintBar } from './frame.tsx';
import { euros, WAY_WORDS } from './words.ts';

const REPORT_COLUMNS = [
  { title: 'Weg' },
  { title: 'Standort' },
  { title: 'Gerät' },
  { title: 'Zahlungen', numeric: true },
  { title: 'Bezahlt', numeric: true },
  { title: 'Zurückgezahlt', numeric: true },
  { title: 'Summe', numeric: true },
];
const CLOSING_COLUMNS = [
  { title: 'Gerät' },
  { title: 'Standort' },
  { title: 'Kassenschnitt', numeric: true },
  { title: 'Laut Gerät', numeric: true },
  { title: 'Laut Amtomat', numeric: true },
  { title: 'Unterschied', numeric: true },
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
        caption={`Zahlungen am ${dayName(report.day)}`}
        columns={REPORT_COLUMNS}
        rows={[
          ...report.lines.map((line) => [
            WAY_WORDS[line.way],
            siteName(line.site),
            line.terminal ?? '',
            ...sumCells(line),
          ]),
          [<strong>Zusammen</strong>, '', '', ...sumCells(report)],
        ]}
      />
      {report.openCount > 0 && (
        <p class="muted">Noch nicht entschieden und nicht mitgezählt: {report.openCount}</p>
      )}
      {report.closings.length > 0 && (
        <Table
          caption="Kassenschnitte der Bezahlgeräte"
          columns={CLOSING_COLUMNS}
          rows={report.closings.map((closing) => [
            closing.terminal,
            siteName(closing.site),
            shortInstant(closing.at),
            euros(closing.totalCents),
            euros(closing.ledgerCents),
            closing.differenceCents === 0 ? 'keiner' : <strong>{euros(closing.differenceCents)}</strong>,
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
    title: `Tagesbericht ${dayName(day)}`,
    section: 'payments',
    body: (
      <>
        <PrintBar back="/desk/payments">Zahlungen</PrintBar>
        <hgroup>
          <p class="muted">Tagesbericht</p>
          <h1>{dayName(day)}</h1>
        </hgroup>
        <nav class="toolbar no-print" aria-label="Andere Tage">
          <a href={reportPath(addDays(day, -1))}>Tag davor</a>
          {day < today && <a href={reportPath(addDays(day, 1))}>Tag danach</a>}
        </nav>
        {report.lines.length === 0 && report.closings.length === 0 && report.openCount === 0 ? (
          <EmptyState heading="h2" pictogram="check" title="An diesem Tag wurde nichts bezahlt." />
        ) : (
          <Report report={report} desk={desk} />
        )}
      </>
    ),
  });
}
