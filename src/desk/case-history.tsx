/** What happened in a case, and the files that came with it. */
import type { CaseEvent, CaseFile, CaseView, Correction } from '#cases';
import { about, inOwnOrder, SOURCE } from '#language';
import { fileSize, type Html } from '#web';
import { lateWords, type Names } from './case-parts.tsx';
import { dayName, shortInstant } from './dates.ts';
import { DECISION_WORDS, EVENT_WORDS, said } from './words.ts';

const WORDS = said('case');

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
            <bdi>{file.name}</bdi>
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
      {event.text !== undefined && (
        <p class="said" dir="auto">
          {event.text}
        </p>
      )}
      {event.corrections && <Corrections of={event.corrections.de} />}
      {files.length > 0 && <FileList view={view} files={files} />}
      {event.missing > 0 && <p>{WORDS.missingFiles({ count: event.missing })}</p>}
    </li>
  );
}

const asTyped = (text: string): string => inOwnOrder(text, about(SOURCE));

/** What was written anew for the paper. */
function Corrections({ of }: { of: readonly Correction[] }): Html {
  return (
    <ul>
      {of.map(({ label, from, to }) => (
        <li>
          {label}: {asTyped(from) || WORDS.nothingSaid} → {asTyped(to) || WORDS.dropped}
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
