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
import { said } from './words.ts';

const WORDS = said('inbox');
const COLUMN = said('columns');
const TITLE = said('frame').cases;
const PAGE_SIZE = 50;

const BOXES: readonly CaseBox[] = ['new', 'noted', 'mine', 'working', 'waiting', 'done'];
const BOX_WORDS = said('boxes');

const COLUMNS = [
  { title: COLUMN.number },
  { title: COLUMN.service },
  { title: COLUMN.state },
  { title: COLUMN.handler },
  { title: COLUMN.site },
  { title: COLUMN.received, numeric: true },
  { title: COLUMN.age, numeric: true },
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
    <nav class="tabs" aria-label={WORDS.tabs}>
      {BOXES.map((box) => (
        <a href={`/desk?tab=${box}`} aria-current={box === current ? 'page' : undefined}>
          {BOX_WORDS[box]}
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
        <label for="number">{WORDS.searchLabel}</label>
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
        <Button kind="secondary">{WORDS.search}</Button>
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
      placeWord(row.authority, row.deliveredAt !== null)
    ) : row.assignedTo === null ? (
      <span class="muted">{WORDS.nobody}</span>
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

  if (last === undefined) {
    return <EmptyState heading="h2" pictogram="check" title={said('emptyBoxes')[box]} />;
  }
  return (
    <>
      <Table
        caption={WORDS.caption({ tab: BOX_WORDS[box] })}
        captionHidden
        columns={COLUMNS}
        rows={shown.map((row) => cellsOf(row, desk, names))}
      />
      {rows.length > PAGE_SIZE && (
        <p>
          <a href={`/desk?tab=${box}&after=${last.createdAt.toISOString()}~${last.id}`} data-desk-row>
            {WORDS.more}
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
    return number.slip === 'slip' ? WORDS.slip : WORDS.length({ count: number.count });
  const row = await desk.cases.findByNumber(number);
  const visible = row && row.state !== 'unpaid' && c.get('staff').offices.includes(row.office);
  if (visible) return { to: `/desk/cases/${row.id}` };
  return WORDS.none;
}

/** The inbox: `tab`, `after` (keyset paging) and `number` (search) come in the query. */
export async function inboxPage(desk: Desk, c: DeskContext): Promise<Response> {
  const typed = asTyped(c.req.query('number') ?? '').trim();
  const found = typed === '' ? undefined : await search(desk, c, typed);
  if (typeof found === 'object') return c.redirect(found.to, 303);
  const { offices, subject } = c.get('staff');
  const box = BOXES.find((one) => one === c.req.query('tab')) ?? 'new';
  const after = parseAfter(c.req.query('after'));
  const filter = { box, offices, subject, limit: PAGE_SIZE + 1, ...(after && { after }) };
  const [rows, counts] = await Promise.all([
    desk.cases.list(filter),
    desk.cases.counts({ offices, subject }),
  ]);
  const names = await desk.sessions.names(rows.flatMap((row) => row.assignedTo ?? []));
  return deskPage(desk, c, {
    title: TITLE,
    section: 'cases',
    body: (
      <>
        <div class="desk-top">
          <h1>{TITLE}</h1>
          <Search value={typed} problem={found} />
        </div>
        <Tabs current={box} counts={counts} />
        {
          // § 19 Abs. 4 BMG: such a confirmation is there for the registration that comes with its code, and nothing of it is decided on.
          box === 'noted' && <p class="muted">{WORDS.toNote}</p>
        }
        <List rows={rows} desk={desk} names={names} box={box} />
        <p class="muted keys-hint">
          <kbd>J</kbd> <kbd>K</kbd> {WORDS.keysRows} · <kbd>Enter</kbd> {WORDS.keysOpen} · <kbd>/</kbd>{' '}
          {WORDS.keysSearch}
        </p>
        <am-desk-keys />
      </>
    ),
  });
}
