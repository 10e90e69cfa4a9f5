/** Parts of a case's page and of its print. */
import type { CaseEvent, CaseFile, CaseRow, CaseView } from '#cases';
import type { CaseState } from '#db';
import { formatNumber } from '#seal';
import { type Child, type Html, SummaryList } from '#web';
import { ageOf, dayName, shortInstant } from './dates.ts';
import { type Desk, serviceName } from './desk.ts';
import { DECISION_WORDS, EVENT_WORDS, languageWord, STATE_WORDS } from './words.ts';

export type Names = ReadonlyMap<string, string>;

export function StateBadge({ state }: { state: CaseState }): Html {
  return <span class={`badge badge-${state}`}>{STATE_WORDS[state]}</span>;
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
        <p class="muted">{serviceName(desk, row.service)}</p>
        <h1 class="case-number">{formatNumber(row.number)}</h1>
      </hgroup>
      <p class="case-marks">
        <StateBadge state={row.state} />
        <AgeMark since={row.createdAt} now={desk.clock.now()} />
      </p>
    </div>
  );
}

/** What the person said, in the order of the service's pages, in German whatever language it was said in. */
export function Answers({ view }: { view: CaseView }): Html {
  return (
    <SummaryList
      sections={view.shown.de.sections}
      empty="keine Angabe"
      file={(id, name) => <a href={`/desk/cases/${view.id}/files/${id}`}>{name}</a>}
    />
  );
}

function Fact({ label, children }: { label: string; children?: Child }): Html {
  return (
    <div class="summary-line">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is known about the case itself, without anything the person said. */
export function CaseFacts({ view, desk, names }: { view: CaseView; desk: Desk; names: Names }): Html {
  const { assignedTo } = view;
  return (
    <section class="summary case-facts">
      <h2>Vorgang</h2>
      <dl>
        <Fact label="Eingang">{shortInstant(view.createdAt)}</Fact>
        <Fact label="Standort">{desk.city.sites.get(view.site)?.name ?? view.site}</Fact>
        <Fact label="Sprache">{languageWord(view.language)}</Fact>
        <Fact label="Bearbeitung">
          {assignedTo === null ? 'noch niemand' : (names.get(assignedTo) ?? assignedTo)}
        </Fact>
        {view.booking && <Fact label="Termin">{dayName(view.booking.slot.date)}</Fact>}
        {view.booking && <Fact label="Bezirk">{view.booking.area}</Fact>}
        {view.closedAt && <Fact label="Abgeschlossen">{shortInstant(view.closedAt)}</Fact>}
      </dl>
    </section>
  );
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'Bild (JPEG)',
  'image/png': 'Bild (PNG)',
};

function sizeOf(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1_000));
  if (kilobytes < 1_000) return `${kilobytes} kB`;
  return `${(bytes / 1_000_000).toLocaleString('de-DE', { maximumFractionDigits: 1 })} MB`;
}

function FileList({ caseId, files }: { caseId: string; files: readonly CaseFile[] }): Html {
  return (
    <ul>
      {files.map((file) => (
        <li>
          <a href={`/desk/cases/${caseId}/files/${file.id}`} download>
            {file.name}
          </a>{' '}
          <small class="muted">
            {KIND_WORDS[file.mediaType] ?? 'Datei'}, {sizeOf(file.bytes)}
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
      <FileList caseId={view.id} files={view.files} />
    </section>
  );
}

function whoOf(event: CaseEvent, names: Names): string {
  if (event.actorKind === 'citizen') return 'Person';
  if (event.actorKind === 'system') return 'Amtomat';
  return event.actor === null ? 'Amt' : (names.get(event.actor) ?? event.actor);
}

function Entry({ event, view, names }: { event: CaseEvent; view: CaseView; names: Names }): Html {
  const files = view.files.filter((file) => event.files.includes(file.id));
  const decision = event.decision === 'done' || event.decision === 'rejected' ? event.decision : undefined;
  return (
    <li class={`event-${event.kind}`}>
      <p>
        <strong>
          {EVENT_WORDS[event.kind]}
          {decision && `: ${DECISION_WORDS[decision]}`}
          {event.slot && `: ${dayName(event.slot.date)}`}
        </strong>{' '}
        <span class="muted">
          {whoOf(event, names)}, <time datetime={event.at.toISOString()}>{shortInstant(event.at)}</time>
        </span>
      </p>
      {event.text !== undefined && <p class="said">{event.text}</p>}
      {files.length > 0 && <FileList caseId={view.id} files={files} />}
    </li>
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
