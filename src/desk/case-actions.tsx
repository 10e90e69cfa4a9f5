/** What a clerk can do with a case: forms that each work without script. */
import { type CaseView, isClosed } from '#cases';
import type { Child, Html } from '#web';
import type { Staff } from './session.ts';
import { DECISION_WORDS } from './words.ts';

/** What could not be done, and what was typed, so that nobody types it twice. */
export interface Refused {
  action: string;
  problem: string;
  text: string;
}

interface Props {
  view: CaseView;
  staff: Staff;
  refused: Refused | undefined;
}

function ActionForm(props: Props & { action: string; children?: Child }): Html {
  return (
    <form method="post" action={`/desk/cases/${props.view.id}/${props.action}`} class="desk-form">
      <input type="hidden" name="_csrf" value={props.staff.csrf} />
      <input type="hidden" name="version" value={props.view.version} />
      {props.children}
    </form>
  );
}

function Foldout(props: Props & { action: string; title: string; children?: Child }): Html {
  return (
    <details
      class="desk-foldout"
      open={props.refused?.action === props.action}
      data-desk-action={props.action}
    >
      <summary>{props.title}</summary>
      <ActionForm {...props}>{props.children}</ActionForm>
    </details>
  );
}

function TextField(
  props: Props & { action: string; label: string; hint?: string; optional?: boolean },
): Html {
  const { action, refused } = props;
  const id = `${action}-text`;
  return (
    <p class="desk-field">
      <label for={id}>{props.label}</label>
      {props.hint !== undefined && <small id={`${id}-hint`}>{props.hint}</small>}
      <textarea
        id={id}
        name="text"
        rows={4}
        maxlength={4_000}
        required={!props.optional}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
      >
        {refused?.action === action ? refused.text : ''}
      </textarea>
    </p>
  );
}

function Take(props: Props): Html | null {
  const { view, staff } = props;
  if (isClosed(view.state)) return null;
  if (view.assignedTo === staff.subject) {
    return view.state === 'working' ? (
      <ActionForm {...props} action="release">
        <button type="submit" class="desk-button">
          Zurückgeben
        </button>
      </ActionForm>
    ) : null;
  }
  return (
    <ActionForm {...props} action="take">
      <button type="submit" class="desk-button desk-button--primary" data-desk-take>
        {view.assignedTo === null ? 'Übernehmen' : 'Von der Kollegin oder dem Kollegen übernehmen'}
      </button>
    </ActionForm>
  );
}

function Decide(props: Props): Html {
  return (
    <Foldout {...props} action="decide" title="Entscheiden">
      <fieldset class="desk-choices">
        <legend>Entscheidung</legend>
        {(['done', 'rejected'] as const).map((decision) => (
          <label>
            <input type="radio" name="decision" value={decision} required />
            {DECISION_WORDS[decision]}
          </label>
        ))}
      </fieldset>
      <TextField
        {...props}
        action="decide"
        label="Begründung"
        hint="Die Person liest sie auf ihrer Statusseite. Beim Ablehnen ist sie nötig."
        optional
      />
      <button type="submit" class="desk-button desk-button--primary">
        Entscheidung speichern
      </button>
    </Foldout>
  );
}

/** The panel of everything that can be done in the case's present state. */
export function Actions(props: Props): Html {
  return (
    <section class="desk-panel desk-actions">
      <h2>Bearbeiten</h2>
      <Take {...props} />
      {!isClosed(props.view.state) && (
        <Foldout {...props} action="ask" title="Rückfrage an die Person">
          <TextField
            {...props}
            action="ask"
            label="Nachricht"
            hint="Erscheint auf der Statusseite. Der Vorgang wartet dann auf Antwort."
          />
          <button type="submit" class="desk-button desk-button--primary">
            Rückfrage stellen
          </button>
        </Foldout>
      )}
      {!isClosed(props.view.state) && <Decide {...props} />}
      <Foldout {...props} action="note" title="Interner Vermerk">
        <TextField {...props} action="note" label="Vermerk" hint="Nur für das Amt." />
        <button type="submit" class="desk-button">
          Vermerk speichern
        </button>
      </Foldout>
      <p class="desk-links">
        <a href={`/desk/cases/${props.view.id}/print`}>Druckansicht</a>
      </p>
    </section>
  );
}
