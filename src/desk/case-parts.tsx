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
  WAY_WORDS,
} from './words.ts';

export type Names = ReadonlyMap<string, string>;

/** A case's state, by word and colour. */
export function StateBadge(props: { state: CaseState; noted?: boolean; givenUp?: boolean }): Html {
  const { state, noted = false, givenUp = false } = props;
  if (noted) return <span class="badge badge-done">Zur Kenntnis</span>;
  // Nobody has refused it.
  if (givenUp) return <span class="badge badge-withdrawn">{EVENT_WORDS.closed}</span>;
  return <span class={`badge badge-${state}`}>{STATE_WORDS[state]}</span>;
}

/** The case is beyond what its household is due, and nobody has said yes to it. */
export function ToDecideBadge(): Html {
  return <span class="badge badge-waiting">Noch nicht zugesagt</span>;
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
      <h2>Angaben</h2>
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
const LEVEL_WORDS = {
  low: 'Vertrauensniveau niedrig',
  substantial: 'Vertrauensniveau substanziell',
  high: 'Vertrauensniveau hoch',
} as const;

/** @returns who vouches for the person, by what, and how surely; undefined where nobody signed in */
export function identityWords({ submission: { identity } }: CaseView): string | undefined {
  if (!identity) return undefined;
  const means = meansWord(identity.means, 'de');
  const provider = PROVIDER_WORDS[identity.provider] ?? identity.provider;
  const way = identity.means === 'letterCode' ? `mit ${means}` : `${provider}, ${means}`;
  return `${way}, ${LEVEL_WORDS[identity.level]}`;
}

/**
 * A date that a service works out as `late` is the last day that was missed.
 * @returns it, and by how many days; undefined for what came in time
 */
function lateWords({ submission, createdAt }: CaseView): string | undefined {
  const { late } = submission.computed;
  if (typeof late !== 'string' || !isIsoDate(late)) return undefined;
  const days = daysBetween(late, civilDate(createdAt));
  return `${days === 1 ? '1 Tag' : `${days} Tage`} nach der Frist, die am ${shortDate(late)} endete`;
}

/** What stands for a person who did not sign in. */
function notSignedIn({ questions, submission }: CaseView): string {
  const asked = questions.some(
    ({ id, kind }) => kind === 'serialNumber' && submission.answers[id] !== undefined,
  );
  return asked ? 'nicht angemeldet, nur Seriennummer' : 'nicht angemeldet';
}

/** What is known about the case itself, without anything the person said. */
export function CaseFacts({ view, desk, names }: { view: CaseView; desk: Desk; names: Names }): Html {
  const { assignedTo, booking, closedAt } = view;
  const facts: { label: string; value: Child }[] = [
    { label: 'Eingang', value: shortInstant(view.createdAt) },
    { label: 'Standort', value: desk.city.sites.get(view.site)?.name ?? view.site },
    { label: 'Sprache', value: languageWord(view.language) },
    {
      label: 'Bearbeitung',
      value: view.authority ?? (assignedTo === null ? 'noch niemand' : (names.get(assignedTo) ?? assignedTo)),
    },
  ];
  const late = lateWords(view);
  if (late !== undefined) facts.push({ label: 'Verspätet', value: <strong>{late}</strong> });
  facts.push({ label: 'Identität', value: identityWords(view) ?? notSignedIn(view) });
  if (booking) {
    facts.push({ label: 'Termin', value: dayName(booking.slot.date) });
    facts.push({ label: 'Bezirk', value: areaName(desk, booking.calendar, booking.area) });
  }
  if (closedAt) facts.push({ label: 'Abgeschlossen', value: shortInstant(closedAt) });
  return (
    <section class="summary case-facts">
      <h2>Vorgang</h2>
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

/** Amount, state, way and case number of the payment; nothing for a case that was free. */
export function PaymentFacts({ money: { payment, besides } }: { money: CaseMoney }): Html | null {
  if (!payment) return null;
  const { amountCents, state, way, caseNumber, settledAt, reversedAt } = payment;
  const facts: { label: string; value: Child }[] = [
    { label: 'Betrag', value: euros(amountCents) },
    { label: 'Stand', value: PAYMENT_WORDS[state] },
    { label: 'Weg', value: way ? WAY_WORDS[way] : '' },
    { label: 'Kennzeichen', value: formatNumber(caseNumber) },
  ];
  if (settledAt) facts.push({ label: 'Bezahlt', value: shortInstant(settledAt) });
  if (reversedAt) facts.push({ label: 'Erstattet', value: shortInstant(reversedAt) });
  for (const one of besides) {
    const came = one.settledAt ? ` am ${shortInstant(one.settledAt)}` : '';
    const gone = one.reversedAt ? `erstattet am ${shortInstant(one.reversedAt)}` : 'noch zu erstatten';
    facts.push({ label: 'Noch einmal bezahlt', value: `${euros(one.amountCents)}${came}, ${gone}` });
  }
  return (
    <section class="summary case-facts">
      <h2>Zahlung</h2>
      <Lines lines={facts} />
    </section>
  );
}

/** Says that money has to go back, and where that is done. */
export function RefundNote({ money: { refund } }: { money: CaseMoney }): Html | null {
  if (!refund) return null;
  return (
    <Alert tone="warning" title={`Zu erstatten oder zu entscheiden: ${euros(refund.amountCents)}`}>
      <p>
        Bezahlt mit {refund.way ? WAY_WORDS[refund.way] : 'unbekannt'}.{' '}
        <a href="/desk/payments">Zur Erstattungsaufgabe</a>
      </p>
    </Alert>
  );
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'Bild (JPEG)',
  'image/png': 'Bild (PNG)',
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
            {KIND_WORDS[file.mediaType] ?? 'Datei'}, {fileSize(file.bytes, SOURCE)}
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
      <h2>Dateien</h2>
      <FileList view={view} files={view.files} />
    </section>
  );
}

/** @returns who did it, as clerks call them */
export function whoOf(event: CaseEvent, { authority }: CaseView, names: Names): string {
  if (event.actorKind === 'citizen') return 'Person';
  if (event.actorKind === 'authority') return authority ?? 'Andere Behörde';
  if (event.actorKind === 'system') return 'Amtomat';
  return event.actor === null ? 'Amt' : (names.get(event.actor) ?? event.actor);
}

/** @returns what happened, in a word or two */
export function whatOf(event: CaseEvent): string {
  const { decision, slot } = event;
  const what =
    event.kind === 'message' && event.actorKind === 'authority'
      ? 'Nachricht an die Person'
      : EVENT_WORDS[event.kind];
  const decided = decision === 'done' || decision === 'rejected' ? DECISION_WORDS[decision] : undefined;
  return [what, decided, slot && dayName(slot.date)].filter((part) => part !== undefined).join(': ');
}

function Entry({ event, view, names }: { event: CaseEvent; view: CaseView; names: Names }): Html {
  const files = view.files.filter((file) => event.files.includes(file.id));
  return (
    <li class={`event-${event.kind}`}>
      <p>
        <strong>{whatOf(event)}</strong>{' '}
        <span class="muted">
          {whoOf(event, view, names)}, <time datetime={event.at.toISOString()}>{shortInstant(event.at)}</time>
        </span>
      </p>
      {event.kind === 'submitted' && lateWords(view) !== undefined && <p>Verspätet: {lateWords(view)}</p>}
      {event.text !== undefined && <p class="said">{event.text}</p>}
      {event.corrections && <Corrections of={event.corrections.de} />}
      {files.length > 0 && <FileList view={view} files={files} />}
      {event.missing > 0 && <p>Dateien, die nicht angenommen wurden: {event.missing}</p>}
    </li>
  );
}

/** What was written anew for the paper. */
function Corrections({ of }: { of: readonly Correction[] }): Html {
  return (
    <ul>
      {of.map(({ label, from, to }) => (
        <li>
          {label}: {from || 'keine Angabe'} → {to || 'entfällt'}
        </li>
      ))}
    </ul>
  );
}

/** Everything that happened, latest first. */
export function History({ view, names }: { view: CaseView; names: Names }): Html {
  return (
    <section class="card">
      <h2>Verlauf</h2>
      <ol class="timeline">
        {[...view.events].reverse().map((event) => (
          <Entry event={event} view={view} names={names} />
        ))}
      </ol>
    </section>
  );
}
