/** Parts of a case's page and of its print. */
import type { CaseEvent, CaseFile, CaseRow, CaseView } from '#cases';
import { formatNumber } from '#seal';
import type { Child, Html } from '#web';
import { ageOf, dayName, shortInstant } from './dates.ts';
import { type Desk, serviceName } from './desk.ts';
import { DECISION_WORDS, EVENT_WORDS, languageWord, STATE_WORDS } from './words.ts';

export type Names = ReadonlyMap<string, string>;

/** Number, service, state and age: what case this is. */
export function CaseHead({ row, desk }: { row: CaseRow; desk: Desk }): Html {
  const age = ageOf(row.createdAt, desk.clock.now());
  return (
    <div class="desk-head">
      <hgroup>
        <p class="desk-kicker">{serviceName(desk, row.service)}</p>
        <h1 class="desk-number">{formatNumber(row.number)}</h1>
      </hgroup>
      <p class="desk-facts">
        <span class={`desk-state desk-state--${row.state}`}>{STATE_WORDS[row.state]}</span>
        <span class={`desk-age desk-age--${age.tone}`}>{age.text}</span>
      </p>
    </div>
  );
}

/** What the person said, in the order of the service's pages, in German whatever language it was said in. */
export function Answers({ view }: { view: CaseView }): Html {
  return (
    <>
      {view.shown.de.sections.map((section) => (
        <section class="desk-panel">
          <h2>{section.title}</h2>
          <dl class="desk-pairs">
            {section.lines.map((line) => (
              <div>
                <dt>{line.label}</dt>
                <dd>{line.value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function Fact({ label, children }: { label: string; children?: Child }): Html {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is known about the case itself, without anything the person said. */
export function CaseFacts({ view, desk, names }: { view: CaseView; desk: Desk; names: Names }): Html {
  const { assignedTo } = view;
  return (
    <section class="desk-panel">
      <h2>Vorgang</h2>
      <dl class="desk-pairs">
        <Fact label="Eingang">{shortInstant(view.createdAt)}</Fact>
        <Fact label="Standort">{desk.city.sites.get(view.site)?.name ?? view.site}</Fact>
        <Fact label="Sprache">{languageWord(view.language)}</Fact>
        <Fact label="Bearbeitung">
          {assignedTo === null ? 'Noch niemand' : (names.get(assignedTo) ?? assignedTo)}
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

function FileLink({ caseId, file }: { caseId: string; file: CaseFile }): Html {
  return (
    <li>
      <a href={`/desk/cases/${caseId}/files/${file.id}`} download>
        {file.name}
      </a>{' '}
      <small>
        {KIND_WORDS[file.mediaType] ?? 'Datei'}, {sizeOf(file.bytes)}
      </small>
    </li>
  );
}

/** The case's files as downloads; nothing is left out, also not what came with an answer. */
export function Files({ view }: { view: CaseView }): Html | null {
  if (view.files.length === 0) return null;
  return (
    <section class="desk-panel">
      <h2>Dateien</h2>
      <ul class="desk-files">
        {view.files.map((file) => (
          <FileLink caseId={view.id} file={file} />
        ))}
      </ul>
    </section>
  );
}

function whoOf(event: CaseEvent, names: Names): string {
  if (event.actorKind === 'citizen') return 'Person';
  if (event.actorKind === 'system') return 'Amtomat';
  return event.actor === null ? 'Amt' : (names.get(event.actor) ?? event.actor);
}

function Event({ event, view, names }: { event: CaseEvent; view: CaseView; names: Names }): Html {
  const files = view.files.filter((file) => event.files.includes(file.id));
  const decision = event.decision === 'done' || event.decision === 'rejected' ? event.decision : undefined;
  return (
    <li class={`desk-event desk-event--${event.kind}`}>
      <p class="desk-event-head">
        <time datetime={event.at.toISOString()}>{shortInstant(event.at)}</time>{' '}
        <strong>
          {EVENT_WORDS[event.kind]}
          {decision && `: ${DECISION_WORDS[decision]}`}
          {event.slot && `: ${dayName(event.slot.date)}`}
        </strong>{' '}
        <span>{whoOf(event, names)}</span>
      </p>
      {event.text !== undefined && <p class="desk-said">{event.text}</p>}
      {files.length > 0 && (
        <ul class="desk-files">
          {files.map((file) => (
            <FileLink caseId={view.id} file={file} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Everything that happened, latest first. */
export function History({ view, names }: { view: CaseView; names: Names }): Html {
  return (
    <section class="desk-panel">
      <h2>Verlauf</h2>
      <ol class="desk-events">
        {[...view.events].reverse().map((event) => (
          <Event event={event} view={view} names={names} />
        ))}
      </ol>
    </section>
  );
}
