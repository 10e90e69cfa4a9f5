/** Parts of a case's page and of its print. */
import type { CaseEvent, CaseFile, CaseRow, CaseView, Correction } from '#cases';
import type { CaseState } from '#db';
import { meansWord, type ReviewLine } from '#journey';
import { SOURCE } from '#language';
import type { Payment, RefundTask } from '#payment';
import { formatNumber } from '#seal';
import { civilDate, daysBetween, isIsoDate } from '#time';
import { Alert, type Child, fileSize, type Html } from '#web';
import { ageOf, dayName, shortDate, shortInstant } from './dates.ts';
import { areaName, type Desk } from './desk.ts';
import {
  DECISION_WORDS,
  EVENT_WORDS,
  euros,
  languageWord,
  PAYMENT_WORDS,
  STATE_WORDS,
  said,
  WAY_WORDS,
} from './words.ts';

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

/** How old something is; what lies too long stands out by weight and colour. */
export function AgeMark({ since, now }: { since: Date; now: Date }): Html {
  const age = ageOf(since, now);
  return <span class={`age age-${age.tone}`}>{age.text}</span>;
}

/** Number, service, state and age: what case this is. */
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
        {!row.noted && <AgeMark since={row.createdAt} now={desk.clock.now()} />}
      </p>
    </div>
  );
}

/** Question and answer, one below the other. */
export function Lines({ lines }: { lines: readonly { label: string; value: Child }[] }): Html {
  return (
    <dl>
      {lines.map((line) => (
        <div class="summary-line">
          <dt>{line.label}</dt>
          <dd>{line.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function shownValue(caseId: string, { file, value, mark }: ReviewLine): Child {
  if (file === undefined) {
    return (
      <>
        <span class="said">{value}</span>
        {mark === undefined ? undefined : <small class="muted"> ({mark})</small>}
      </>
    );
  }
  return (
    <a href={`/desk/cases/${caseId}/files/${file}`} download>
      {value}
    </a>
  );
}

/** What the person said, in the order of the service's pages, in German whatever language it was said in. */
export function Answers({ view }: { view: CaseView }): Html {
  return (
    <section class="summary answers">
      <h2>{WORDS.answers}</h2>
      {view.shown.de.sections.map((section) => (
        <section>
          <h3>{section.title}</h3>
          <Lines
            lines={section.lines.map((line) => ({ label: line.label, value: shownValue(view.id, line) }))}
          />
        </section>
      ))}
    </section>
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
function lateWords({ submission, createdAt }: CaseView): string | undefined {
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

/** What the case's payment came to; the tries that failed are nobody's business. */
export interface CaseMoney {
  payment: Payment | undefined;
  /** What came once more, though the case was paid for. */
  besides: readonly Payment[];
  refund: RefundTask | undefined;
}

/** @returns what came once more, when, and whether it has gone back */
function besidesWords({ amountCents, settledAt, reversedAt }: Payment): string {
  const amount = euros(amountCents);
  const at = settledAt ? shortInstant(settledAt) : '';
  return reversedAt
    ? WORDS.paidAgainRefunded({ amount, at, back: shortInstant(reversedAt) })
    : WORDS.paidAgainOpen({ amount, at });
}

/** Amount, state, way and case number of the payment; nothing for a case that was free. */
export function PaymentFacts({ money: { payment, besides } }: { money: CaseMoney }): Html | null {
  if (!payment) return null;
  const { amountCents, state, way, caseNumber, settledAt, reversedAt } = payment;
  const facts: { label: string; value: Child }[] = [
    { label: COLUMN.amount, value: euros(amountCents) },
    { label: COLUMN.state, value: PAYMENT_WORDS[state] },
    { label: COLUMN.way, value: way ? WAY_WORDS[way] : '' },
    { label: WORDS.paymentNumber, value: formatNumber(caseNumber) },
  ];
  if (settledAt) facts.push({ label: COLUMN.paid, value: shortInstant(settledAt) });
  if (reversedAt) facts.push({ label: WORDS.refunded, value: shortInstant(reversedAt) });
  for (const one of besides) {
    facts.push({ label: WORDS.paidAgain, value: besidesWords(one) });
  }
  return (
    <section class="summary case-facts">
      <h2>{WORDS.payment}</h2>
      <Lines lines={facts} />
    </section>
  );
}

/** Says that money has to go back, and where that is done. */
export function RefundNote({ money: { refund } }: { money: CaseMoney }): Html | null {
  if (!refund) return null;
  return (
    <Alert tone="warning" title={WORDS.toRefund({ amount: euros(refund.amountCents) })}>
      <p>
        {WORDS.paidWith({ way: refund.way ? WAY_WORDS[refund.way] : WORDS.unknownWay })}{' '}
        <a href="/desk/payments">{WORDS.refundTask}</a>
      </p>
    </Alert>
  );
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  'application/pdf': WORDS.pdf,
  'image/jpeg': WORDS.jpeg,
  'image/png': WORDS.png,
};

function FileList({ view, files }: { view: CaseView; files: readonly CaseFile[] }): Html {
  const lines = view.shown.de.sections.flatMap((section) => section.lines);
  const asked = new Map(
    lines.flatMap(({ file, label }) => (file === undefined ? [] : [[file, label] as const])),
  );
  return (
    <ul>
      {files.map((file) => (
        <li>
          {asked.has(file.id) && `${asked.get(file.id)}: `}
          <a href={`/desk/cases/${view.id}/files/${file.id}`} download>
            {file.name}
          </a>{' '}
          <small class="muted">
            {KIND_WORDS[file.mediaType] ?? WORDS.file}, {fileSize(file.bytes, SOURCE)}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** The case's files as downloads; nothing is left out, also not what came with an answer. */
export function Files({ view }: { view: CaseView }): Html | null {
  if (view.files.length === 0) return null;
  return (
    <section class="card">
      <h2>{WORDS.files}</h2>
      <FileList view={view} files={view.files} />
    </section>
  );
}

/** @returns who did it, as clerks call them */
export function whoOf(event: CaseEvent, { authority }: CaseView, names: Names): string {
  if (event.actorKind === 'citizen') return WORDS.person;
  if (event.actorKind === 'authority') return authority ?? WORDS.otherAuthority;
  if (event.actorKind === 'system') return 'Amtomat';
  return event.actor === null ? WORDS.office : (names.get(event.actor) ?? event.actor);
}

/** @returns what happened, in a word or two */
export function whatOf(event: CaseEvent): string {
  const { decision, slot } = event;
  const what =
    event.kind === 'message' && event.actorKind === 'authority'
      ? WORDS.authorityMessage
      : EVENT_WORDS[event.kind];
  const decided = decision === 'done' || decision === 'rejected' ? DECISION_WORDS[decision] : undefined;
  return [what, decided, slot && dayName(slot.date)].filter((part) => part !== undefined).join(': ');
}

function Entry({ event, view, names }: { event: CaseEvent; view: CaseView; names: Names }): Html {
  const files = view.files.filter((file) => event.files.includes(file.id));
  const late = event.kind === 'submitted' ? lateWords(view) : undefined;
  return (
    <li class={`event-${event.kind}`}>
      <p>
        <strong>{whatOf(event)}</strong>{' '}
        <span class="muted">
          {whoOf(event, view, names)}, <time datetime={event.at.toISOString()}>{shortInstant(event.at)}</time>
        </span>
      </p>
      {late !== undefined && <p>{WORDS.lateEntry({ late })}</p>}
      {event.text !== undefined && <p class="said">{event.text}</p>}
      {event.corrections && <Corrections of={event.corrections.de} />}
      {files.length > 0 && <FileList view={view} files={files} />}
      {event.missing > 0 && <p>{WORDS.missingFiles({ count: event.missing })}</p>}
    </li>
  );
}

/** What was written anew for the paper. */
function Corrections({ of }: { of: readonly Correction[] }): Html {
  return (
    <ul>
      {of.map(({ label, from, to }) => (
        <li>
          {label}: {from || WORDS.nothingSaid} → {to || WORDS.dropped}
        </li>
      ))}
    </ul>
  );
}

/** Everything that happened, latest first. */
export function History({ view, names }: { view: CaseView; names: Names }): Html {
  return (
    <section class="card">
      <h2>{WORDS.history}</h2>
      <ol class="timeline">
        {[...view.events].reverse().map((event) => (
          <Entry event={event} view={view} names={names} />
        ))}
      </ol>
    </section>
  );
}
