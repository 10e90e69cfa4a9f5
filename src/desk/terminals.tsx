/** Which machines are the city's terminals: a code for a new one, and the end of one. For team leads: terminals belong to no single office. */
import { randomUUID } from 'node:crypto';
import { isUuid } from '#db';
import type { TerminalOverview } from '#fleet';
import { formatCode } from '#seal';
import { civilTime } from '#time';
import { Alert, Button, type Html, Table } from '#web';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, formOf } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { said, saidWith } from './words.ts';

const WORDS = said('terminals');
const COLUMN = said('columns');
const TITLE = said('frame').terminals;
const PATH = '/desk/terminals';
const COLUMNS = [
  { title: COLUMN.terminal },
  { title: COLUMN.device },
  { title: COLUMN.lastUsed, numeric: true },
  { title: COLUMN.code },
  { title: COLUMN.signOff },
];

/** The terminals of the city's places; people's own screens are none. */
function terminalsOf({ city }: Desk): { id: string; site: string }[] {
  return [...city.sites.values()]
    .filter(({ alwaysOpen }) => !alwaysOpen)
    .flatMap(({ name, terminals }) => terminals.map((id) => ({ id, site: name })));
}

interface Line {
  id: string;
  site: string;
  known: TerminalOverview | undefined;
  /** The city still has it. */
  current: boolean;
}

/** What the city has, and what is registered although the city no longer has it. */
async function linesOf(desk: Desk): Promise<Line[]> {
  const known = new Map((await desk.terminals.list()).map((one) => [one.terminal, one]));
  const current = terminalsOf(desk).map((one) => ({ ...one, known: known.get(one.id), current: true }));
  const ids = new Set(current.map(({ id }) => id));
  const gone = [...known.values()].filter(({ terminal }) => !ids.has(terminal));
  return [
    ...current,
    ...gone.map((one) => ({
      id: one.terminal,
      site: WORDS.gone,
      known: one,
      current: false,
    })),
  ];
}

function Issue({ line, csrf }: { line: Line; csrf: string }): Html | null {
  if (!line.current) return null;
  const { codeUntil, machine } = line.known ?? {};
  return (
    <form method="post" action={`${PATH}/${line.id}/code`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="form" value={randomUUID()} />
      {codeUntil && <p class="muted">{WORDS.codeUntil({ until: civilTime(codeUntil) })}</p>}
      <Button kind="secondary" about={line.id}>
        {machine || codeUntil ? WORDS.newCode : WORDS.issue}
      </Button>
    </form>
  );
}

function Revoke({ line, csrf }: { line: Line; csrf: string }): Html | null {
  const { machine, codeUntil } = line.known ?? {};
  const seen = machine?.since ?? codeUntil;
  if (!seen) return null;
  return (
    <details class="foldout">
      <summary>{WORDS.signOff}</summary>
      <form method="post" action={`${PATH}/${line.id}/revoke`} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="seen" value={seen.toISOString()} />
        <p>{WORDS.signOffText}</p>
        <Button kind="secondary" about={line.id}>
          {WORDS.signOffNow}
        </Button>
      </form>
    </details>
  );
}

function Terminals(props: {
  lines: readonly Line[];
  names: ReadonlyMap<string, string>;
  csrf: string;
}): Html {
  const { lines, names, csrf } = props;
  return (
    <Table
      caption={TITLE}
      captionHidden
      columns={COLUMNS}
      rows={lines.map((line) => {
        const { machine } = line.known ?? {};
        return [
          <>
            <strong>{line.id}</strong>
            <br />
            {line.site}
          </>,
          machine
            ? WORDS.machine({ at: shortInstant(machine.since), name: names.get(machine.by) ?? machine.by })
            : WORDS.noMachine,
          machine ? shortInstant(machine.seen) : '',
          <Issue line={line} csrf={csrf} />,
          <Revoke line={line} csrf={csrf} />,
        ];
      })}
    />
  );
}

/**
 * All terminals, with the machine that each is, and when it was used last.
 * @param other the terminal at which something else has taken the place of what was to be ended
 */
export async function terminalsPage(desk: Desk, c: DeskContext, other?: string): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const lines = await linesOf(desk);
  const names = await desk.sessions.names(lines.flatMap(({ known }) => known?.machine?.by ?? []));
  return deskPage(desk, c, {
    title: TITLE,
    section: 'terminals',
    status: other === undefined ? 200 : 409,
    body: (
      <>
        {other !== undefined && (
          <Alert live tone="warning" title={WORDS.other({ terminal: other })}>
            <p>{WORDS.otherText}</p>
          </Alert>
        )}
        <h1>{TITLE}</h1>
        <p>{WORDS.lead}</p>
        {!desk.config.production && <p class="muted">{WORDS.trial({ terminal: lines[0]?.id ?? '' })}</p>}
        <Terminals lines={lines} names={names} csrf={staff.csrf} />
      </>
    ),
  });
}

/** Makes a code; the page that answers is the only one that shows it, and the same form leads to it again. */
export async function issueTerminalCode(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const terminal = terminalsOf(desk).find(({ id }) => id === c.req.param('id'));
  if (!staff.lead || !terminal) return notFoundPage(desk, c);
  const form = c.get('form').get('form') ?? '';
  if (!isUuid(form)) return notFoundPage(desk, c);
  const issued = await desk.terminals.issue(terminal.id, staff.subject, `${staff.subject} ${formOf(c)}`);
  if (!issued) return c.redirect(PATH, 303);
  const { code, until } = issued;
  return deskPage(desk, c, {
    title: WORDS.codeTitle({ terminal: terminal.id }),
    section: 'terminals',
    body: (
      <>
        <h1>{WORDS.codeHeading({ terminal: terminal.id, site: terminal.site })}</h1>
        <Alert live tone="warning" title={WORDS.codeOnce({ until: civilTime(until) })}>
          <p>{WORDS.codeText({ terminal: terminal.id })}</p>
        </Alert>
        <p>{saidWith(WORDS.codeEnter, { address: <strong>{desk.config.publicUrl}/terminal</strong> })}</p>
        <h2 data-terminal-code={code}>{formatCode(code)}</h2>
        <p>
          <a href={PATH}>{WORDS.toTerminals}</a>
        </p>
      </>
    ),
  });
}

/** Ends a registration at once; also that of a terminal that the city no longer has. One that has ended is just as well. */
export async function revokeTerminal(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const [id, seen] = [c.req.param('id') ?? '', new Date(c.get('form').get('seen') ?? '')];
  const ended = await desk.terminals.revoke(id, staff.subject, seen);
  return ended === 'other' ? terminalsPage(desk, c, id) : c.redirect(PATH, 303);
}
