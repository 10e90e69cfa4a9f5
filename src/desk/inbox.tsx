import {
  type CaseBox,
  type CaseCounts,
  type CaseFilter,
  type CaseOrder,
  type CaseRow,
  hasDueOrder,
} from '#cases';
import { isUuid } from '#db';
import { SOURCE, wholeNumber } from '#language';
import { formatNumber, readNumber } from '#seal';
import { civilDate, isIsoDate } from '#time';
import { asTyped } from '#typed';
import { Button, type Child, type Column, EmptyState, type Html, Table } from '#web';
import { placeWord } from './authority-note.tsx';
import { DueMark, StateBadge, ToDecideBadge, UnreadBadge } from './case-parts.tsx';
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

/** What the list shows, as its address says it. */
interface Shown {
  box: CaseBox;
  /** Of this service only. */
  service: string | undefined;
  /** As somebody asked for it, whether or not the box has that order. */
  order: CaseOrder;
}

const ORDERS: readonly CaseOrder[] = ['due', 'received'];

/** @returns what somebody asked for; what the address does not say, or says wrongly, is the usual */
function shownIn(c: DeskContext, services: readonly { slug: string }[]): Shown {
  const box = BOXES.find((one) => one === c.req.query('tab')) ?? 'new';
  const service = services.find(({ slug }) => slug === c.req.query('service'))?.slug;
  const order = ORDERS.find((one) => one === c.req.query('order')) ?? 'due';
  return { box, service, order };
}

/** @returns the address of a list; what is the usual is left out */
function addressOf({ box, service, order }: Shown, after?: string): string {
  const query = new URLSearchParams({ tab: box });
  if (service !== undefined) query.set('service', service);
  if (order !== 'due') query.set('order', order);
  if (after !== undefined) query.set('after', after);
  return `/desk?${query}`;
}

const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Where a page of the list begins: after this row. */
function parseAfter(text: string | undefined): CaseFilter['after'] {
  const [id = '', at = '', dueOn = ''] = text?.split('~').reverse() ?? [];
  // As it stands in our own links; JavaScript knows years that the database does not.
  const createdAt = new Date(INSTANT.test(at) ? at : Number.NaN);
  const isRow = !Number.isNaN(createdAt.getTime()) && isUuid(id);
  return isRow ? { createdAt, id, dueOn: isIsoDate(dueOn) ? dueOn : undefined } : undefined;
}

const afterOf = ({ createdAt, dueOn, id }: CaseRow, order: CaseOrder): string =>
  [...(order === 'due' ? [dueOn] : []), createdAt.toISOString(), id].join('~');

/** The heading of a column by which the list can be read: a link where it is not yet. */
function titleOf(shown: Shown, by: CaseOrder): Child {
  const title = by === 'due' ? COLUMN.due : COLUMN.received;
  if (shown.order === by || !hasDueOrder(shown.box)) return title;
  return (
    <a href={addressOf({ ...shown, order: by })} title={WORDS.sortBy({ column: title })}>
      {title}
    </a>
  );
}

/** A box without an order by what is due stands in that of receipt; what is over stands with the latest first. */
function sortedBy({ box, order }: Shown, by: CaseOrder): Column['sorted'] {
  if (by !== (hasDueOrder(box) ? order : 'received')) return undefined;
  return box === 'done' ? 'descending' : 'ascending';
}

const columnsOf = (shown: Shown) => [
  { title: COLUMN.number },
  { title: COLUMN.service },
  { title: COLUMN.state },
  { title: COLUMN.handler },
  { title: COLUMN.site },
  { title: titleOf(shown, 'received'), numeric: true, sorted: sortedBy(shown, 'received') },
  ...(hasDueOrder(shown.box)
    ? [{ title: titleOf(shown, 'due'), numeric: true, sorted: sortedBy(shown, 'due') }]
    : []),
];

function Tabs({ shown, counts }: { shown: Shown; counts: CaseCounts }): Html {
  return (
    <nav class="tabs" aria-label={WORDS.tabs}>
      {BOXES.map((box) => (
        <a href={addressOf({ ...shown, box })} aria-current={box === shown.box ? 'page' : undefined}>
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

/** Shows the cases of one service alone; where an office has only one, there is nothing to choose. */
function ServiceFilter(props: {
  shown: Shown;
  services: readonly { slug: string; title: string }[];
}): Html | null {
  const { shown, services } = props;
  if (services.length < 2) return null;
  return (
    <form method="get" action="/desk" class="toolbar service-filter">
      <input type="hidden" name="tab" value={shown.box} />
      {shown.order !== 'due' && <input type="hidden" name="order" value={shown.order} />}
      <label for="service">{COLUMN.service}</label>
      <select id="service" name="service">
        <option value="">{WORDS.allServices}</option>
        {services.map(({ slug, title }) => (
          <option value={slug} selected={slug === shown.service}>
            {title}
          </option>
        ))}
      </select>
      <Button kind="secondary">{WORDS.filter}</Button>
    </form>
  );
}

function cellsOf(row: CaseRow, { desk, names, shown: { box } }: ListProps): Child[] {
  return [
    <a href={`/desk/cases/${row.id}`} class="row-link" data-desk-row>
      {formatNumber(row.number)}
    </a>,
    row.title,
    <>
      <StateBadge state={row.state} noted={row.noted} givenUp={row.givenUp} />{' '}
      {row.toDecide && <ToDecideBadge />} {row.unread && <UnreadBadge />}
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
    ...(hasDueOrder(box) ? [<DueMark on={row.dueOn} today={civilDate(desk.clock.now())} />] : []),
  ];
}

interface ListProps {
  rows: readonly CaseRow[];
  desk: Desk;
  names: ReadonlyMap<string, string>;
  shown: Shown;
}

function List(props: ListProps): Html {
  const { box, service } = props.shown;
  const page = props.rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);

  if (last === undefined) {
    return (
      <EmptyState
        heading="h2"
        pictogram="check"
        title={service === undefined ? said('emptyBoxes')[box] : WORDS.noneOfService}
      >
        <p>{said('boxesAreFor')[box]}</p>
        {service !== undefined && (
          <p>
            <a href={addressOf({ ...props.shown, service: undefined })}>{WORDS.ofAllServices}</a>
          </p>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <Table
        caption={WORDS.caption({ tab: BOX_WORDS[box] })}
        captionHidden
        columns={columnsOf(props.shown)}
        rows={page.map((row) => cellsOf(row, props))}
      />
      {props.rows.length > PAGE_SIZE && (
        <p>
          <a href={addressOf(props.shown, afterOf(last, props.shown.order))} data-desk-row>
            {WORDS.more}
          </a>
        </p>
      )}
    </>
  );
}

/** Finds one case by its number. @returns where it is, or what to say when there is none for this person */
async function search(desk: Desk, c: DeskContext, typed: string): Promise<{ to: string } | string> {
  // Names are sealed: nothing finds them.
  if (!/\d/.test(typed)) return WORDS.numbersOnly;
  const number = readNumber(typed);
  if (typeof number === 'object')
    return number.slip === 'slip' ? WORDS.slip : WORDS.length({ count: number.count });
  const row = await desk.cases.findByNumber(number);
  const visible = row && row.state !== 'unpaid' && c.get('staff').offices.includes(row.office);
  if (visible) return { to: `/desk/cases/${row.id}` };
  return WORDS.none;
}

/** The inbox: `tab`, `service`, `order`, `after` (keyset paging) and `number` (search) come in the query. */
export async function inboxPage(desk: Desk, c: DeskContext): Promise<Response> {
  const typed = asTyped(c.req.query('number') ?? '').trim();
  const found = typed === '' ? undefined : await search(desk, c, typed);
  if (typeof found === 'object') return c.redirect(found.to, 303);
  const { offices, subject } = c.get('staff');
  const services = [...desk.catalogue.services.values()]
    .filter(({ fulfilment, office }) => fulfilment === 'case' && offices.includes(office))
    .map(({ slug, texts }) => ({ slug, title: texts[SOURCE].title }));
  const shown = shownIn(c, services);
  const filter = {
    ...shown,
    offices,
    subject,
    limit: PAGE_SIZE + 1,
    after: parseAfter(c.req.query('after')),
  };
  const [rows, counts] = await Promise.all([desk.cases.list(filter), desk.cases.counts(filter)]);
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
        <Tabs shown={shown} counts={counts} />
        <ServiceFilter shown={shown} services={services} />
        {
          // § 19 Abs. 4 BMG: such a confirmation is there for the registration that comes with its code, and nothing of it is decided on.
          shown.box === 'noted' && <p class="muted">{WORDS.toNote}</p>
        }
        <List rows={rows} desk={desk} names={names} shown={shown} />
        <p class="muted keys-hint">
          <kbd>J</kbd> <kbd>K</kbd> {WORDS.keysRows} · <kbd>Enter</kbd> {WORDS.keysOpen} · <kbd>/</kbd>{' '}
          {WORDS.keysSearch}
        </p>
        <am-desk-keys />
      </>
    ),
  });
}
