/** What a clerk reads when somebody else was faster: what has happened meanwhile and by whom, and what they had typed. */
import type { CaseEvent, CaseEventKind, CaseView } from '#cases';
import { Alert, type Html } from '#web';
import { whatOf, whoOf } from './case-history.tsx';
import type { Names } from './case-parts.tsx';
import { shortInstant } from './dates.ts';
import { said } from './words.ts';

const WORDS = said('faster');
const MOST_SHOWN = 5;

/** Stands in the history as well, and changes nothing of the case. */
const BESIDE: ReadonlySet<CaseEventKind> = new Set(['feeKept', 'guessing']);

/**
 * Each change of a case is one entry of its history and one step of its version.
 * @param seen the version of the case on the clerk's screen
 * @returns what has happened since, oldest first
 */
export function since<Event extends Pick<CaseEvent, 'kind'>>(
  view: { version: number; events: readonly Event[] },
  seen: number,
): readonly Event[] {
  const steps = view.version - seen;
  const changes = view.events.filter(({ kind }) => !BESIDE.has(kind));
  return steps > 0 ? changes.slice(-Math.min(steps, MOST_SHOWN)) : [];
}

/** What was typed, where no field holds it any more. */
export function TypedStill({ text }: { text: string }): Html | null {
  if (text === '') return null;
  return (
    <div class="field">
      <label for="typed">{WORDS.typed}</label>
      <textarea id="typed" rows={6} dir="auto" readonly>
        {text}
      </textarea>
    </div>
  );
}

/** Says who was faster, and with what. */
export function Faster(props: {
  view: CaseView;
  names: Names;
  seen: number;
  /** Who reads it: they may have done it themselves, in another window. */
  reader: string;
}): Html {
  const { view, names, seen, reader } = props;
  const events = since(view, seen);
  return (
    <Alert live tone="error" title={WORDS.title}>
      {events.length > 0 && (
        <ul>
          {events.map((event) => (
            <li>
              {shortInstant(event.at)}: {event.actor === reader ? WORDS.yourself : whoOf(event, view, names)}:{' '}
              {whatOf(event)}
            </li>
          ))}
        </ul>
      )}
      <p>{WORDS.text}</p>
    </Alert>
  );
}
