/**
 * Who is signed in at the desk right now, and the end of a session. For team leads, of people with whom they share an
 * office. Only what is needed to end one (Art. 5 (1) lit. c DSGVO): no address of a network, no history, and the last use
 * to ten minutes, so that nobody's work is measured by it (§ 75 (4) Nr. 11 LPVG).
 */
import { civilTime } from '#time';
import { Button, type Html, Table } from '#web';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import type { Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import type { SessionLine } from './session.ts';
import { sessionSecret } from './sign-in.tsx';
import { said } from './words.ts';

const WORDS = said('sessionsPage');
const COLUMN = said('columns');
const TITLE = said('frame').sessions;
const PATH = '/desk/sessions';
const COLUMNS = [
  { title: COLUMN.person },
  { title: COLUMN.signedInSince },
  { title: COLUMN.lastUsed, numeric: true },
  { title: COLUMN.end },
];
const STEP_MS = 10 * 60_000;

const toStep = (instant: Date): Date => new Date(Math.floor(instant.getTime() / STEP_MS) * STEP_MS);

function End({ line, csrf }: { line: SessionLine; csrf: string }): Html {
  return (
    <form method="post" action={`${PATH}/${line.id}/end`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <Button kind="secondary" about={line.name}>
        {WORDS.end}
      </Button>
    </form>
  );
}

/** All sessions of people with whom this lead shares an office. */
export async function sessionsPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const own = desk.sessions.idOf(sessionSecret(c) ?? '');
  const lines = await desk.sessions.list(staff.offices);
  const officesOf = (line: SessionLine): string =>
    line.offices.map((office) => desk.city.offices.get(office)?.short ?? office).join(', ');
  return deskPage(desk, c, {
    title: TITLE,
    section: 'sessions',
    body: (
      <>
        <h1>{TITLE}</h1>
        <p>{WORDS.lead}</p>
        <Table
          caption={TITLE}
          captionHidden
          columns={COLUMNS}
          rows={lines.map((line) => [
            <>
              <strong>{line.name}</strong>
              <br />
              {officesOf(line)}
            </>,
            shortInstant(line.since),
            civilTime(toStep(line.seen)),
            line.id === own ? WORDS.own : <End line={line} csrf={staff.csrf} />,
          ])}
        />
      </>
    ),
  });
}

/** Ends somebody's session at once. One that is gone already is just as well. */
export async function endSession(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const at = desk.clock.now();
  await desk.db.transaction().execute(async (tx) => {
    const subject = await desk.sessions.endById(tx, c.req.param('id') ?? '', staff.offices);
    if (subject === undefined) return;
    const entry = { actor: `staff:${staff.subject}`, action: 'staff.ended', subject: `staff:${subject}` };
    await desk.audit.append(tx, { at, ...entry });
  });
  return c.redirect(PATH, 303);
}
