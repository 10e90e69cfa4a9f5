/** Parts of a case's page and of its print. */
import { type CaseRow, type CaseView, isClosed } from '#cases';
import type { CaseState } from '#db';
import { meansWord } from '#journey';
import { formatNumber } from '#seal';
import { civilDate, daysBetween, type IsoDate, isIsoDate } from '#time';
import type { Child, Html } from '#web';
import { dayName, dueIn, shortDate, shortInstant } from './dates.ts';
import { areaName, type Desk } from './desk.ts';
import { EVENT_WORDS, languageWord, STATE_WORDS, said } from './words.ts';

const WORDS = said('case');
const COLUMN = said('columns');

export type Names = ReadonlyMap<string, string>;

/** A case's state, by word and colour. */
export function StateBadge(props: { state: CaseState; noted?: boolean; givenUp?: boolean }): Html {
  const { state, noted = false, givenUp = false } = props;
  if (noted) return <span class="badge badge-done">{said('boxes').noted}</span>;
  // Nobody has refused it.
  if (givenUp) return <span class="badge badge-withdrawn">{EVENT_WORDS.closed}</span>;
  return <span class={`badge badge-${state}`}>{STATE_WORDS[state]}</span>;
}

/** The case is beyond what its household is due, and nobody has said yes to it. */
export function ToDecideBadge(): Html {
  return <span class="badge badge-waiting">{WORDS.notPromised}</span>;
}

/** Its person has said something, and nobody has done anything since. */
export function UnreadBadge(): Html {
  return <span class="badge badge-new">{WORDS.unread}</span>;
}

/** Until when a case means to be dealt with; what is due soon, and what is late, stands out by weight, colour and word. */
export function DueMark({ on, today }: { on: IsoDate; today: IsoDate }): Html {
  const due = dueIn(on, today);
  return (
    <span class={`age age-${due.tone}`}>
      <time datetime={on}>{shortDate(on)}</time>
      {due.text === undefined ? undefined : <span class="due-word"> {due.text}</span>}
    </span>
  );
}

/** Number, service, state and until when: what case this is. */
export function CaseHead({ row, desk }: { row: CaseRow; desk: Desk }): Html {
  return (
    <div class="desk-top">
      <hgroup>
        <p class="muted">{row.title}</p>
        <h1 class="case-number">{formatNumber(row.number)}</h1>
      </hgroup>
      <p class="case-marks">
        <StateBadge state={row.state} noted={row.noted} givenUp={row.givenUp} />
        {row.toDecide && <ToDecideBadge />}
        {row.unread && <UnreadBadge />}
        {!row.noted && !isClosed(row.state) && (
          <span>
            {COLUMN.due}: <DueMark on={row.dueOn} today={civilDate(desk.clock.now())} />
          </span>
        )}
      </p>
    </div>
  );
}

/** What somebody typed, in whatever script: each paragraph runs as its own words do. */
export function Typed({ text }: { text: string }): Html {
  return (
    <span class="said" dir="auto">
      {text}
    </span>
  );
}

/** Question and answer, one below the other. */
export function Lines({ lines }: { lines: readonly { label: string; value: Child }[] }): Html {
  return (
    <dl>
      {lines.map((line) => (
        <div class="summary-line">
          <dt>{line.label}</dt>
          <dd dir="auto">{line.value}</dd>
        </div>
      ))}
    </dl>
  );
}

const PROVIDER_WORDS: Readonly<Record<string, string>> = { bundid: 'BundID' };
const LEVEL_WORDS = said('levels');

/** @returns who vouches for the person, by what, and how surely; undefined where nobody signed in */
export function identityWords({ submission: { identity } }: CaseView): string | undefined {
  if (!identity) return undefined;
  const means = meansWord(identity.means, 'de');
  const provider = PROVIDER_WORDS[identity.provider] ?? identity.provider;
  const way =
    identity.means === 'letterCode' ? WORDS.byMeans({ means }) : WORDS.provided({ provider, means });
  return WORDS.vouched({ way, level: LEVEL_WORDS[identity.level] });
}

/**
 * A date that a service works out as `late` is the last day that was missed.
 * @returns it, and by how many days; undefined for what came in time
 */
export function lateWords({ submission, createdAt }: CaseView): string | undefined {
  const { late } = submission.computed;
  if (typeof late !== 'string' || !isIsoDate(late)) return undefined;
  const days = daysBetween(late, civilDate(createdAt));
  return WORDS.lateBy({ days, day: shortDate(late) });
}

/** What stands for a person who did not sign in. */
function notSignedIn({ questions, submission }: CaseView): string {
  const asked = questions.some(
    ({ id, kind }) => kind === 'serialNumber' && submission.answers[id] !== undefined,
  );
  return asked ? WORDS.onlySerialNumber : WORDS.notSignedIn;
}

/** What is known about the case itself, without anything the person said. */
export function CaseFacts({ view, desk, names }: { view: CaseView; desk: Desk; names: Names }): Html {
  const { assignedTo, booking, closedAt } = view;
  const facts: { label: string; value: Child }[] = [
    { label: COLUMN.received, value: shortInstant(view.createdAt) },
    { label: COLUMN.site, value: desk.city.sites.get(view.site)?.name ?? view.site },
    { label: WORDS.language, value: languageWord(view.language) },
    {
      label: COLUMN.handler,
      value:
        view.authority ??
        (assignedTo === null ? said('inbox').nobody : (names.get(assignedTo) ?? assignedTo)),
    },
  ];
  const late = lateWords(view);
  if (late !== undefined) facts.push({ label: WORDS.late, value: <strong>{late}</strong> });
  facts.push({ label: WORDS.identity, value: identityWords(view) ?? notSignedIn(view) });
  if (booking) {
    facts.push({ label: WORDS.appointment, value: dayName(booking.slot.date) });
    facts.push({ label: WORDS.area, value: areaName(desk, booking.calendar, booking.area) });
  }
  if (closedAt) facts.push({ label: WORDS.closed, value: shortInstant(closedAt) });
  return (
    <section class="summary case-facts">
      <h2>{WORDS.title}</h2>
      <Lines lines={facts} />
    </section>
  );
}
