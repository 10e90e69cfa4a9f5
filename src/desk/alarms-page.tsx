import { formatNumber } from '#seal';
import { Button, type Html, Table } from '#web';
import { type Alarms, alarmsOf } from './alarms.ts';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import type { Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { errorWord, said, saidWith } from './words.ts';

const WORDS = said('alarmsPage');
const COLUMN = said('columns');
const TITLE = said('frame').alarms;
const COLUMNS = [
  { title: COLUMN.case },
  { title: COLUMN.service },
  { title: COLUMN.reason },
  { title: COLUMN.attempts, numeric: true },
  { title: COLUMN.since, numeric: true },
  { title: COLUMN.todo },
];

function ParkedDeliveries(props: { parked: Alarms['parked']; csrf: string }): Html {
  const { parked, csrf } = props;
  if (parked.length === 0) return <p class="muted">{WORDS.noneParked}</p>;
  return (
    <Table
      caption={WORDS.parked}
      captionHidden
      columns={COLUMNS}
      rows={parked.map(({ delivery, row }) => [
        <a href={`/desk/cases/${row.id}`}>{formatNumber(row.number)}</a>,
        row.title,
        errorWord(delivery.lastError),
        delivery.attempts,
        shortInstant(delivery.createdAt),
        <form method="post" action={`/desk/alarms/${delivery.id}/retry`}>
          <input type="hidden" name="_csrf" value={csrf} />
          <Button kind="secondary" about={formatNumber(row.number)}>
            {WORDS.retry}
          </Button>
        </form>,
      ])}
    />
  );
}

/** @returns whom a lane leads to, as people call them */
function receiverOf(desk: Desk, { channel, destination }: Alarms['late'][number]): string {
  if (channel === 'desk') return WORDS.here;
  const ways = desk.catalogue.services.map(({ delivery }) => delivery);
  const found = ways.find((way) => way.channel !== 'desk' && way.authority === destination);
  return (found && 'name' in found && found.name) || destination || channel;
}

/** Cases wait by themselves; who knows of it can tell people, or ask there. */
function Late({ desk, late }: { desk: Desk; late: Alarms['late'] }): Html {
  if (late.length === 0) return <p class="muted">{WORDS.noneLate}</p>;
  return (
    <>
      <p>{WORDS.lateText}</p>
      <Table
        caption={WORDS.lateCaption}
        captionHidden
        columns={[
          { title: COLUMN.receiver },
          { title: COLUMN.waiting, numeric: true },
          { title: COLUMN.oldest, numeric: true },
          { title: COLUMN.nextTry, numeric: true },
        ]}
        rows={late.map((lane) => [
          receiverOf(desk, lane),
          lane.waiting,
          lane.oldest ? shortInstant(lane.oldest) : '–',
          lane.breaker === 'open' && lane.openUntil ? shortInstant(lane.openUntil) : WORDS.trying,
        ])}
      />
    </>
  );
}

function Guessing({ guessing }: { guessing: Alarms['guessing'] }): Html {
  if (guessing.length === 0) return <p class="muted">{WORDS.noneGuessing}</p>;
  return (
    <ul class="timeline">
      {guessing.map((alarm) => (
        <li>
          {saidWith(WORDS.guessed, {
            number: <a href={`/desk/cases/${alarm.caseId}`}>{formatNumber(alarm.number)}</a>,
            at: <time datetime={alarm.at.toISOString()}>{shortInstant(alarm.at)}</time>,
          })}
        </li>
      ))}
    </ul>
  );
}

/** Nothing undecided is deleted, so somebody has to decide. */
function Overdue({ overdue }: { overdue: Alarms['overdue'] }): Html {
  if (overdue.length === 0) return <p class="muted">{WORDS.noneOverdue}</p>;
  return (
    <>
      <p>{WORDS.overdueText}</p>
      <ul class="timeline">
        {overdue.map(({ caseId, number, title, since }) => (
          <li>
            {saidWith(WORDS.open, {
              number: <a href={`/desk/cases/${caseId}`}>{formatNumber(number)}</a>,
              title,
              at: <time datetime={since.toISOString()}>{shortInstant(since)}</time>,
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What needs a team lead: deliveries that stand still, somebody trying codes, and what lies open for too long. */
export async function alarmsPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const { parked, guessing, overdue, late } = await alarmsOf(desk, staff);
  return deskPage(desk, c, {
    title: TITLE,
    section: 'alarms',
    body: (
      <>
        <h1>{TITLE}</h1>
        <section class="stack">
          <h2>{WORDS.parked}</h2>
          <ParkedDeliveries parked={parked} csrf={staff.csrf} />
        </section>
        <section class="stack">
          <h2>{WORDS.late}</h2>
          <Late desk={desk} late={late} />
        </section>
        <section class="stack">
          <h2>{WORDS.guessing}</h2>
          <Guessing guessing={guessing} />
        </section>
        <section class="stack">
          <h2>{WORDS.overdue}</h2>
          <Overdue overdue={overdue} />
        </section>
      </>
    ),
  });
}

/** Sets a parked delivery of the own offices going again. One that goes again already is just as well. */
export async function retryDelivery(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const id = c.req.param('id') ?? '';
  const caseId = await desk.outbox.caseOf(id);
  const row = caseId === undefined ? undefined : await desk.cases.find(caseId);
  if (!row || !staff.offices.includes(row.office)) return notFoundPage(desk, c);
  const at = desk.clock.now();
  const entry = { at, actor: `staff:${staff.subject}`, action: 'delivery.retried', subject: row.id };
  await desk.db.transaction().execute(async (tx) => {
    if (await desk.outbox.retry(id, tx)) await desk.audit.append(tx, entry);
  });
  return c.redirect('/desk/alarms', 303);
}
