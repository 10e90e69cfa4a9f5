/** What a clerk can do with a case: forms that each work without script. */
import { type CaseView, type Decision, isClosed } from '#cases';
import { Button, type Child, type Html, LinkButton } from '#web';
import { AT_MOST } from './forms.ts';
import type { Staff } from './session.ts';
import { DECISION_WORDS } from './words.ts';

/** What could not be done, and what was typed, so that nobody types it twice. */
export interface Refused {
  action: string;
  problem: string;
  text: string;
  decision: string | null;
  /** Somebody else was faster: the version of the case that this clerk saw. */
  seen?: number;
}

/** Actions that stay possible whatever has become of the case. */
const ALWAYS: ReadonlySet<string> = new Set(['note']);

interface Props {
  view: CaseView;
  staff: Staff;
  refused: Refused | undefined;
  /** Somebody has paid for this case. */
  paid: boolean;
  /** The booked day in words while it has not come. */
  early: string | undefined;
  /** Another authority decides, and the waiting for it may be ended. */
  mayClose: boolean;
}

function ActionForm(props: Props & { action: string; children?: Child }): Html {
  return (
    <form method="post" action={`/desk/cases/${props.view.id}/${props.action}`} class="stack">
      <input type="hidden" name="_csrf" value={props.staff.csrf} />
      <input type="hidden" name="version" value={props.view.version} />
      {props.children}
    </form>
  );
}

function Foldout(props: Props & { action: string; title: string; children?: Child }): Html {
  return (
    <details class="foldout" open={props.refused?.action === props.action}>
      <summary>{props.title}</summary>
      <ActionForm {...props}>{props.children}</ActionForm>
    </details>
  );
}

function TextField(props: Props & { action: string; label: string; hint: string; optional?: boolean }): Html {
  const { action, refused } = props;
  const id = `${action}-text`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <small class="muted" id={`${id}-hint`}>
        {props.hint} {AT_MOST}
      </small>
      <textarea id={id} name="text" rows={4} required={!props.optional} aria-describedby={`${id}-hint`}>
        {refused?.action === action ? refused.text : ''}
      </textarea>
    </div>
  );
}

function Take(props: Props): Html | null {
  const { view, staff } = props;
  if (view.assignedTo !== staff.subject) {
    return (
      <ActionForm {...props} action="take">
        <Button wide>
          {view.assignedTo === null ? 'Übernehmen' : 'Von Kollegin oder Kollegen übernehmen'}
        </Button>
      </ActionForm>
    );
  }
  if (view.state !== 'working') return null;
  return (
    <ActionForm {...props} action="release">
      <Button wide kind="secondary">
        Zurückgeben
      </Button>
    </ActionForm>
  );
}

/** Taking on what is beyond an allowance; whoever does not, refuses it with a reason. */
function Accept(props: Props): Html {
  return (
    <ActionForm {...props} action="accept">
      <p>
        Was dem Haushalt im Jahr zusteht, ist schon genutzt. Die Person liest, dass ihr Termin nur vorgemerkt
        ist, bis Sie zusagen oder unter „Entscheiden“ ablehnen.
      </p>
      <Button wide>Zusagen</Button>
    </ActionForm>
  );
}

function Ask(props: Props): Html {
  return (
    <Foldout {...props} action="ask" title="Rückfrage an die Person">
      <TextField
        {...props}
        action="ask"
        label="Nachricht"
        hint="Erscheint auf der Statusseite. Der Vorgang wartet dann auf Antwort."
      />
      <Button>Rückfrage stellen</Button>
    </Foldout>
  );
}

const DECISIONS: readonly Decision[] = ['done', 'rejected'];

function Decide(props: Props): Html {
  return (
    <Foldout {...props} action="decide" title="Entscheiden">
      <fieldset class="choices">
        <legend>Entscheidung</legend>
        {DECISIONS.filter((decision) => props.view.decisions.includes(decision)).map((decision) => (
          <label>
            <input
              type="radio"
              name="decision"
              value={decision}
              checked={props.refused?.decision === decision}
              required
            />{' '}
            {DECISION_WORDS[decision]}
          </label>
        ))}
      </fieldset>
      {props.view.shown.de.document?.decided && (
        <label class="confirm">
          <input type="checkbox" name="compared" value="yes" />{' '}
          <span>
            Ich habe jede Zeile des Papiers mit dem Register verglichen. Mit „{DECISION_WORDS.done}“ wird es
            ausgestellt und ändert sich nicht mehr.
          </span>
        </label>
      )}
      {props.early !== undefined && (
        <label class="confirm">
          <input type="checkbox" name="early" value="yes" />{' '}
          <span>
            Der gebuchte Tag, {props.early}, ist noch nicht gekommen. Es ist trotzdem schon erledigt, und der
            Termin wird frei. Nur für „{DECISION_WORDS.done}“ nötig.
          </span>
        </label>
      )}
      <TextField
        {...props}
        action="decide"
        label="Begründung"
        hint="Die Person liest sie auf ihrer Statusseite. Beim Ablehnen ist sie nötig."
        optional
      />
      {props.paid && (
        <p class="muted">Die Gebühr ist bezahlt. Beim Ablehnen entsteht eine Erstattungsaufgabe.</p>
      )}
      <Button>Entscheidung speichern</Button>
    </Foldout>
  );
}

/** A wrong paper is out: whoever holds it must find out that it is worth nothing any more. */
function Revoke(props: Props): Html {
  return (
    <Foldout {...props} action="revoke" title="Papier zurücknehmen">
      <p>
        Wer das ausgestellte Papier prüft, liest auf der Seite /echt ab sofort, dass es zurückgenommen ist.
        Der Vorgang ist danach wieder offen: Sie können das Papier berichtigen und neu entscheiden. Ein neues
        Papier bekommt neue Prüfcodes.
      </p>
      <TextField
        {...props}
        action="revoke"
        label="Grund"
        hint="Die Person liest ihn auf ihrer Statusseite, andere nicht."
      />
      <Button>Papier zurücknehmen</Button>
    </Foldout>
  );
}

function Note(props: Props): Html {
  return (
    <Foldout {...props} action="note" title="Interner Vermerk">
      <TextField {...props} action="note" label="Vermerk" hint="Nur das Amt liest ihn." />
      <Button kind="secondary">Vermerk speichern</Button>
    </Foldout>
  );
}

/** Ends the waiting for another authority: nothing undecided is deleted, and money is given back only then. */
function CloseUndecided(props: Props): Html {
  return (
    <Foldout {...props} action="close" title="Ohne Entscheidung beenden">
      <p>
        {props.view.authority} hat nicht entschieden. Fragen Sie vorher dort nach. Danach wird der Vorgang
        nicht mehr zugestellt.
      </p>
      <TextField
        {...props}
        action="close"
        label="Grund"
        hint="Die Person liest ihn auf ihrer Statusseite, am besten mit dem Weg, der jetzt weiterführt."
      />
      {props.paid && <p class="muted">Die Gebühr ist bezahlt. Es entsteht eine Erstattungsaufgabe.</p>}
      <Button>Vorgang beenden</Button>
    </Foldout>
  );
}

/** @returns whether the field is still there in which something was typed */
export function keepsText(view: CaseView, mayClose: boolean, action: string): boolean {
  if (ALWAYS.has(action)) return true;
  if (action === 'revoke') return view.paper?.issued !== undefined;
  return action === 'close' ? mayClose : isOpenHere(view);
}

const isOpenHere = (view: CaseView): boolean => !isClosed(view.state) && view.authority === undefined;

/** The panel of everything that can be done in the case's present state. */
export function Actions(props: Props): Html {
  const open = isOpenHere(props.view);
  return (
    <section class="card">
      <h2>Bearbeiten</h2>
      {open && <Take {...props} />}
      {props.view.toDecide && <Accept {...props} />}
      {open && <Ask {...props} />}
      {open && <Decide {...props} />}
      {props.view.paper?.issued && <Revoke {...props} />}
      {props.mayClose && <CloseUndecided {...props} />}
      <Note {...props} />
      <LinkButton kind="quiet" pictogram="printer" href={`/desk/cases/${props.view.id}/print`}>
        Drucken
      </LinkButton>
    </section>
  );
}
