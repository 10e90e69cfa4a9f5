import type { CaseBox, CaseCounts, CaseRow } from '#cases';
import { formatNumber, normaliseNumber } from '#seal';
import type { Html } from '#web';
import { ageOf, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, serviceName } from './desk.ts';
import { deskPage } from './frame.tsx';
import { STATE_WORDS } from './words.ts';

const PAGE_SIZE = 50;

const TABS: readonly { box: CaseBox; label: string; empty: string }[] = [
  { box: 'new', label: 'Neu', empty: 'Keine neuen Vorgänge. Alles ist übernommen.' },
  { box: 'mine', label: 'Meine', empty: 'Sie haben gerade keinen Vorgang übernommen.' },
  { box: 'working', label: 'In Arbeit', empty: 'Niemand im Amt bearbeitet gerade einen Vorgang.' },
  { box: 'waiting', label: 'Wartet auf Antwort', empty: 'Auf keine Antwort wird gewartet.' },
  { box: 'done', label: 'Erledigt', empty: 'Noch ist nichts erledigt.' },
];

/** Where a page of the list begins: after this row. */
export function parseAfter(text: string | undefined): { createdAt: Date; id: string } | undefined {
  const [instant = '', id = ''] = text?.split('~') ?? [];
  const createdAt = new Date(instant);
  return Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id) ? undefined : { createdAt, id };
}

function Tabs({ current, counts }: { current: CaseBox; counts: CaseCounts }): Html {
  return (
    <nav class="desk-tabs" aria-label="Vorgänge nach Stand">
      {TABS.map(({ box, label }) => (
        <a href={`/desk?tab=${box}`} aria-current={box === current ? 'page' : undefined}>
          {label}
          {box !== 'done' && <span class="desk-count">{counts[box].toLocaleString('de-DE')}</span>}
        </a>
      ))}
    </nav>
  );
}

function Search({ value, problem }: { value: string; problem: string | undefined }): Html {
  return (
    <search>
      <form class="desk-search" method="get" action="/desk">
        <label for="number">Vorgangsnummer</label>
        <input
          id="number"
          type="search"
          name="number"
          value={value}
          inputmode="numeric"
          autocomplete="off"
          data-desk-search
          aria-describedby={problem === undefined ? undefined : 'number-problem'}
          aria-invalid={problem === undefined ? undefined : 'true'}
        />
        <button type="submit" class="desk-button">
          Suchen
        </button>
        {problem !== undefined && (
          <p id="number-problem" class="desk-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </search>
  );
}

function Row({ row, desk, names }: { row: CaseRow; desk: Desk; names: ReadonlyMap<string, string> }): Html {
  const age = ageOf(row.createdAt, desk.clock.now());
  return (
    <tr>
      <th scope="row">
        <a href={`/desk/cases/${row.id}`} data-desk-row>
          {formatNumber(row.number)}
        </a>
      </th>
      <td>{serviceName(desk, row.service)}</td>
      <td>
        <span class={`desk-state desk-state--${row.state}`}>{STATE_WORDS[row.state]}</span>
      </td>
      <td>{row.assignedTo === null ? '–' : (names.get(row.assignedTo) ?? row.assignedTo)}</td>
      <td>{desk.city.sites.get(row.site)?.name ?? row.site}</td>
      <td class="desk-figure">
        <time datetime={row.createdAt.toISOString()}>{shortInstant(row.createdAt)}</time>
      </td>
      <td class="desk-figure">
        <span class={`desk-age desk-age--${age.tone}`}>{age.text}</span>
      </td>
    </tr>
  );
}

function List(props: {
  rows: readonly CaseRow[];
  desk: Desk;
  names: ReadonlyMap<string, string>;
  box: CaseBox;
}): Html {
  const { rows, desk, names, box } = props;
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  if (last === undefined) {
    return <p class="desk-empty">{TABS.find((tab) => tab.box === box)?.empty}</p>;
  }
  return (
    <>
      <table class="desk-table">
        <thead>
          <tr>
            <th scope="col">Nummer</th>
            <th scope="col">Leistung</th>
            <th scope="col">Stand</th>
            <th scope="col">Bearbeitung</th>
            <th scope="col">Standort</th>
            <th scope="col" class="desk-figure">
              Eingang
            </th>
            <th scope="col" class="desk-figure">
              Alter
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row row={row} desk={desk} names={names} />
          ))}
        </tbody>
      </table>
      {rows.length > PAGE_SIZE && (
        <p class="desk-more">
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
  const number = normaliseNumber(typed);
  if (number === undefined) return 'Diese Nummer kann es nicht geben. Sie hat 9 Ziffern: bitte prüfen.';
  const row = await desk.cases.findByNumber(number);
  if (row && c.get('staff').offices.includes(row.office)) return { to: `/desk/cases/${row.id}` };
  return 'In Ihrem Amt gibt es keinen Vorgang mit dieser Nummer.';
}

/** The inbox: `tab`, `after` (keyset paging) and `number` (search) come in the query. */
export async function inboxPage(desk: Desk, c: DeskContext): Promise<Response> {
  const typed = c.req.query('number')?.trim() ?? '';
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
      <am-desk-keys>
        <div class="desk-head">
          <h1>Vorgänge</h1>
          <Search value={typed} problem={found} />
        </div>
        <Tabs current={box} counts={counts} />
        <List rows={rows} desk={desk} names={names} box={box} />
        <p class="desk-hint">
          <kbd>J</kbd> <kbd>K</kbd> Zeile vor und zurück · <kbd>Enter</kbd> öffnen · <kbd>/</kbd> suchen
        </p>
      </am-desk-keys>
    ),
  });
}
