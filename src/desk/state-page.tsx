import type { Line, State } from '#doctor';
import { Table } from '#web';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import type { Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';

const STATE: Readonly<Record<State, string>> = {
  well: 'In Ordnung',
  none: 'Nicht vorhanden',
  soon: 'Bald ansehen',
  bad: 'Gestört',
};

const COLUMNS = [{ title: 'Was' }, { title: 'Stand' }, { title: 'Befund' }, { title: 'Was tun' }];

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
    title: 'Zustand',
    section: 'state',
    body: (
      <>
        <h1>Zustand</h1>
        <p>
          {wrong === 0
            ? 'Alles ist in Ordnung.'
            : wrong === 1
              ? 'Eines ist anzusehen.'
              : `${wrong} sind anzusehen.`}{' '}
          Geprüft am {shortInstant(new Date(at))}, höchstens zweimal in der Minute.
        </p>
        <Table
          caption="Zustand des Büros"
          captionHidden
          columns={COLUMNS}
          rows={sorted(lines).map(({ name, state, says, todo }) => [
            name.de,
            STATE[state],
            says.de,
            todo?.de ?? '',
          ])}
        />
      </>
    ),
  });
}
