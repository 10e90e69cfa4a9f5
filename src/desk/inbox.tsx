import type { CaseBox, CaseCounts, CaseRow } from '#cases';
import { isUuid } from '#db';
import { SOURCE, wholeNumber } from '#language';
import { formatNumber, readNumber } from '#seal';
import { asTyped } from '#typed';
import { Button, type Child, EmptyState, type Html, Table } from '#web';
import { placeWord } from './authority-note.tsx';
import { AgeMark, StateBadge, ToDecideBadge } from './case-parts.tsx';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import type { Desk } from './desk.ts';
import { deskPage } from './frame.tsx';

const PAGE_SIZE = 50;

/** § 19 Abs. 4 BMG: such a confirmation is there for the registration that comes with its code, and nothing of it is decided on. */
const NOTED =
  'Hier muss niemand entscheiden. Wer sich anmeldet, bringt das Zuordnungsmerkmal mit; damit oder mit der Vorgangsnummer finden Sie die Bestätigung. Ist etwas unklar, übernehmen Sie den Vorgang. Sonst endet er von selbst, wenn seine Frist vorbei ist.';

const TABS: readonly { box: CaseBox; label: string; empty: string }[] = [
  { box: 'new', label: 'Neu', empty: 'Nichts Neues. Alles ist übernommen.' },
  {
    box: 'noted',
    label: 'Zur Kenntnis',
    empty: 'Nichts ist eingegangen, über das niemand entscheiden muss.',
  },
  { box: 'mine', label: 'Meine', empty: 'Sie haben gerade keinen Vorgang übernommen.' },
  { box: 'working', label: 'In Arbeit', empty: 'Niemand im Amt bearbeitet gerade einen Vorgang.' },
  { box: 'waiting', label: 'Wartet auf Antwort', empty: 'Keine Rückfrage ist offen.' },
  { box: 'done', label: 'Erledigt', empty: 'Noch ist nichts erledigt.' },
];

const COLUMNS = [
  { title: 'Nummer' },
  { title: 'Leistung' },
  { title: 'Stand' },
  { title: 'Bearbeitung' },
  { title: 'Standort' },
  { title: 'Eingang', numeric: true },
  { title: 'Alter', numeric: true },
];

const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Where a page of the list begins: after this row. */
function parseAfter(text: string | undefined): { createdAt: Date; id: string } | undefined {
  const [instant = '', id = ''] = text?.split('~') ?? [];
  // As it stands in our own links; JavaScript knows years that the database does not.
  const createdAt = new Date(INSTANT.test(instant) ? instant : Number.NaN);
  const isRow = !Number.isNaN(createdAt.getTime()) && isUuid(id);
  return isRow ? { createdAt, id } : undefined;
}

function Tabs({ current, counts }: { current: CaseBox; counts: CaseCounts }): Html {
  return (
    <nav class="tabs" aria-label="Vorgänge nach Stand">
      {TABS.map(({ box, label }) => (
        <a href={`/desk?tab=${box}`} aria-current={box === current ? 'page' : undefined}>
          {label}
          {box !== 'done' && box !== 'noted' && (
            <span class="count-badge"> {wholeNumber(counts[box], SOURCE)}</span>
          )}
        </a>
      ))}
    </nav>
  );
}

function Search({ value, problem }: { value: string; problem: string | undefined }): Html {
  return (
    <search class="desk-search">
      <form method="get" action="/desk" class="toolbar">
        <label for="number">Vorgangsnummer</label>
        <input
          id="number"
          type="search"
          name="number"
          value={value}
          inputmode="numeric"
          autocomplete="off"
          size={13}
          data-desk-search
          aria-describedby={problem === undefined ? undefined : 'number-problem'}
          aria-invalid={problem === undefined ? undefined : 'true'}
        />
        <Button kind="secondary">Suchen</Button>
      </form>
      {problem !== undefined && (
        <p id="number-problem" class="problem" role="alert">
          {problem}
        </p>
      )}
    </search>
  );
}

function cellsOf(row: CaseRow, desk: Desk, names: ReadonlyMap<string, string>): Child[] {
  return [
    <a href={`/desk/cases/${row.id}`} class="row-link" data-desk-row>
      {formatNumber(row.number)}
    </a>,
    row.title,
    <>
      <StateBadge state={row.state} noted={row.noted} givenUp={row.givenUp} />{' '}
      {row.toDecide && <ToDecideBadge />}
    </>,
    row.authority !== undefined ? (
      `${placeWord(row.deliveredAt !== null)}: ${row.authority}`
    ) : row.assignedTo === null ? (
      <span class="muted">noch niemand</span>
    ) : (
      (names.get(row.assignedTo) ?? row.assignedTo)
    ),
    desk.city.sites.get(row.site)?.name ?? row.site,
    <time datetime={row.createdAt.toISOString()}>{shortInstant(row.createdAt)}</time>,
    row.noted ? '' : <AgeMark since={row.createdAt} now={desk.clock.now()} />,
  ];
}

interface ListProps {
  rows: readonly CaseRow[];
  desk: Desk;
  names: ReadonlyMap<string, string>;
  box: CaseBox;
}

function List({ rows, desk, names, box }: ListProps): Html {
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const tab = TABS.find((one) => one.box === box);
  if (last === undefined) {
    return <EmptyState heading="h2" pictogram="check" title={tab?.empty ?? ''} />;
  }
  return (
    <>
      <Table
        caption={`Vorgänge: ${tab?.label ?? ''}`}
        captionHidden
        columns={COLUMNS}
        rows={shown.map((row) => cellsOf(row, desk, names))}
      />
      {rows.length > PAGE_SIZE && (
        <p>
          <a href={`/desk?tab=${box}&after=${last.createdAt.toISOString()}~${last.id}`} data-desk-row>
            Weitere Vorgänge
          </a>
        </p>
      )}
    </>
  );
}

/** Finds one case by its number. @returns where it is, or what to say when there is none for this person */
async function search(desk: Desk, c: DeskContext, typed: string): Promise<{ to: string } | string> {
  const number = readNumber(typed);
  if (typeof number === 'object')
    return number.slip === 'slip'
      ? 'Diese Nummer kann es nicht geben: Eine Ziffer ist falsch, oder zwei sind vertauscht.'
      : `Diese Nummer kann es nicht geben: Sie hat 9 Ziffern, hier stehen ${number.count}.`;
  const row = await desk.cases.findByNumber(number);
  const visible = row && row.state !== 'unpaid' && c.get('staff').offices.includes(row.office);
  if (visible) return { to: `/desk/cases/${row.id}` };
  return 'In Ihrem Amt gibt es keinen Vorgang mit dieser Nummer.';
}

/** The inbox: `tab`, `after` (keyset paging) and `number` (search) come in the query. */
export async function inboxPage(desk: Desk, c: DeskContext): Promise<Response> {
  const typed = asTyped(c.req.query('number') ?? '').trim();
  const found = typed === '' ? undefined : await search(desk, c, typed);
  if (typeof found === 'object') return c.redirect(found.to, 303);
  const { offices, subject } = c.get('staff');
  const box = TABS.find((tab) => tab.box === c.req.query('tab'))?.box ?? 'new';
  const after = parseAfter(c.req.query('after'));
  const filter = { box, offices, subject, limit: PAGE_SIZE + 1, ...(after && { after }) };
  const [rows, counts] = await Promise.all([
    desk.cases.list(filter),
    desk.cases.counts({ offices, subject }),
  ]);
  const names = await desk.sessions.names(rows.flatMap((row) => row.assignedTo ?? []));
  return deskPage(desk, c, {
    title: 'Vorgänge',
    section: 'cases',
    body: (
      <>
        <div class="desk-top">
          <h1>Vorgänge</h1>
          <Search value={typed} problem={found} />
        </div>
        <Tabs current={box} counts={counts} />
        {box === 'noted' && <p class="muted">{NOTED}</p>}
        <List rows={rows} desk={desk} names={names} box={box} />
        <p class="muted keys-hint">
          <kbd>J</kbd> <kbd>K</kbd> Zeile vor und zurück · <kbd>Enter</kbd> öffnen · <kbd>/</kbd> suchen
        </p>
        <am-desk-keys />
      </>
    ),
  });
}
