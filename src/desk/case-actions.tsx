/** What a clerk can do with a case: forms that each work without script. */
import { type CaseView, type Decision, isClosed } from '#cases';
import { Button, type Child, type Html, LinkButton } from '#web';
import { AT_MOST } from './forms.ts';
import type { Staff } from './session.ts';
import { DECISION_WORDS, said } from './words.ts';

const WORDS = said('actions');

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
        <Button wide>{view.assignedTo === null ? WORDS.take : WORDS.takeFrom}</Button>
      </ActionForm>
    );
  }
  if (view.state !== 'working') return null;
  return (
    <ActionForm {...props} action="release">
      <Button wide kind="secondary">
        {WORDS.release}
      </Button>
    </ActionForm>
  );
}

/** Taking on what is beyond an allowance; whoever does not, refuses it with a reason. */
function Accept(props: Props): Html {
  return (
    <ActionForm {...props} action="accept">
      <p>{WORDS.acceptText}</p>
      <Button wide>{WORDS.accept}</Button>
    </ActionForm>
  );
}

function Ask(props: Props): Html {
  return (
    <Foldout {...props} action="ask" title={WORDS.ask}>
      <TextField {...props} action="ask" label={WORDS.askLabel} hint={WORDS.askHint} />
      <Button>{WORDS.askSend}</Button>
    </Foldout>
  );
}

const DECISIONS: readonly Decision[] = ['done', 'rejected'];

function Decide(props: Props): Html {
  return (
    <Foldout {...props} action="decide" title={WORDS.decide}>
      <fieldset class="choices">
        <legend>{WORDS.decision}</legend>
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
          <span>{WORDS.compared({ done: DECISION_WORDS.done })}</span>
        </label>
      )}
      {props.early !== undefined && (
        <label class="confirm">
          <input type="checkbox" name="early" value="yes" />{' '}
          <span>{WORDS.early({ day: props.early, done: DECISION_WORDS.done })}</span>
        </label>
      )}
      <TextField {...props} action="decide" label={WORDS.decideLabel} hint={WORDS.decideHint} optional />
      {props.paid && <p class="muted">{WORDS.decidePaid}</p>}
      <Button>{WORDS.decideSave}</Button>
    </Foldout>
  );
}

/** A wrong paper is out: whoever holds it must find out that it is worth nothing any more. */
function Revoke(props: Props): Html {
  return (
    <Foldout {...props} action="revoke" title={WORDS.revoke}>
      <p>{WORDS.revokeText}</p>
      <TextField {...props} action="revoke" label={WORDS.reasonLabel} hint={WORDS.revokeHint} />
      <Button>{WORDS.revoke}</Button>
    </Foldout>
  );
}

function Note(props: Props): Html {
  return (
    <Foldout {...props} action="note" title={WORDS.note}>
      <TextField {...props} action="note" label={WORDS.noteLabel} hint={WORDS.noteHint} />
      <Button kind="secondary">{WORDS.noteSave}</Button>
    </Foldout>
  );
}

/** Ends the waiting for another authority: nothing undecided is deleted, and money is given back only then. */
function CloseUndecided(props: Props): Html {
  return (
    <Foldout {...props} action="close" title={WORDS.close}>
      <p>{WORDS.closeText({ authority: props.view.authority ?? '' })}</p>
      <TextField {...props} action="close" label={WORDS.reasonLabel} hint={WORDS.closeHint} />
      {props.paid && <p class="muted">{WORDS.closePaid}</p>}
      <Button>{WORDS.closeSend}</Button>
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
      <h2>{WORDS.title}</h2>
      {open && <Take {...props} />}
      {props.view.toDecide && <Accept {...props} />}
      {open && <Ask {...props} />}
      {open && <Decide {...props} />}
      {props.view.paper?.issued && <Revoke {...props} />}
      {props.mayClose && <CloseUndecided {...props} />}
      <Note {...props} />
      <LinkButton kind="quiet" pictogram="printer" href={`/desk/cases/${props.view.id}/print`}>
        {said('frame').print}
      </LinkButton>
    </section>
  );
}
