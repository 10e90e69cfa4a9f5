import type { Line, State } from '#doctor';
import { Table } from '#web';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import type { Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { said } from './words.ts';

const WORDS = said('statePage');
const COLUMN = said('columns');
const TITLE = said('frame').state;
const COLUMNS = [
  { title: COLUMN.what },
  { title: COLUMN.state },
  { title: COLUMN.finding },
  { title: COLUMN.todo },
];

/** What is wrong comes first. */
const ORDER: readonly State[] = ['bad', 'soon', 'well', 'none'];

function sorted(lines: readonly Line[]): Line[] {
  return ORDER.flatMap((state) => lines.filter((line) => line.state === state));
}

/** How the office is: the same that `./amtomat doctor` says, for team leads. */
export async function statePage(desk: Desk, c: DeskContext): Promise<Response> {
  if (!c.get('staff').lead) return notFoundPage(desk, c);
  const { at, lines } = await desk.examine();
  const wrong = lines.filter(({ state }) => state === 'bad' || state === 'soon').length;
  return deskPage(desk, c, {
    title: TITLE,
    section: 'state',
    body: (
      <>
        <h1>{TITLE}</h1>
        <p>
          {WORDS.wrong({ count: wrong })} {WORDS.looked({ at: shortInstant(new Date(at)) })}
        </p>
        <Table
          caption={WORDS.caption}
          captionHidden
          columns={COLUMNS}
          rows={sorted(lines).map(({ name, state, says, todo }) => [
            name.de,
            WORDS[state],
            says.de,
            todo?.de ?? '',
          ])}
        />
      </>
    ),
  });
}
