/** The pages that ask for digits. */
import { Alert, Button, Do, Go, type Html, JourneyForm, type Page, Say } from '#web';
import type { Ask, Fault, Mode } from './entries.ts';
import { Picture, type PictureId } from './pictures.tsx';
import type { Words } from './words.ts';
import type { Notice, State } from './workflow.ts';

interface Look {
  title: string;
  label: string;
  hint: string;
  digits: 5 | 6 | 10;
  picture: PictureId;
  /** Why it is asked, and what helps. */
  texts: readonly string[];
}

function lookOf(what: Ask, mode: Mode, w: Words): Look {
  switch (what) {
    case 'can':
      return { ...look(w.canTitle, w.canHint, 6, 'can'), texts: [w.canWhy, w.canLook] };
    case 'puk':
      return { ...look(w.pukTitle, w.pukHint, 10, 'letter'), texts: [w.pukWhy, w.pukAfter, w.pukMissing] };
    case 'newPin':
      return { ...look(w.newTitle, w.newHint, 6, 'pin'), label: w.newLabel, texts: [w.newRules] };
    case 'pin':
      if (mode === 'transport') return look(w.pinTransport, w.pinTransportHint, 5, 'letter');
      if (mode === 'own') return look(w.pinOwn, w.pinOwnHint, 6, 'pin');
      return { ...look(w.pinNew, w.pinNewHint, 6, 'pin'), texts: [w.pinNewWhy, w.pinNewFree] };
  }
}

function look(title: string, hint: string, digits: Look['digits'], picture: PictureId): Look {
  return { title, label: title, hint, digits, picture, texts: [] };
}

function faultText(fault: Fault, what: Ask, w: Words): string {
  if (fault === 'length6')
    return { pin: w.length6Pin, can: w.length6Can, newPin: w.length6New, puk: '' }[what];
  if (fault === 'isCan') return what === 'newPin' ? w.newIsCan : w.isCan;
  return w[fault];
}

function wrongText(notice: Extract<Notice, { kind: 'wrong' }>, mode: Mode, w: Words): string {
  const { what, left } = notice;
  if (what === 'can') return w.wrongCan;
  if (what === 'puk') return w.wrongPuk;
  if (what === 'newPin') return w.wrongNew;
  if (left === undefined || left === 0) return w.wrongPinNone;
  return mode === 'transport' ? `${w.wrongPin({ left })} ${w.wrongTransport}` : w.wrongPin({ left });
}

/** Where the page says what became of the last entry: the field that is wrong leads there. */
const NOTICE = 'notice';

type Wrong = Exclude<Notice, { kind: 'unblocked' | 'again' }>;

function textOf(notice: Wrong, what: Ask, mode: Mode, w: Words): string {
  if (notice.kind === 'stillOld') return w.stillOld;
  return notice.kind === 'fault' ? faultText(notice.fault, what, w) : wrongText(notice, mode, w);
}

function errorOf(notice: Wrong): string {
  if (notice.kind === 'stillOld') return notice.kind;
  return notice.kind === 'fault' ? notice.fault : `wrong-${notice.what}`;
}

/** What became of the last entry, at the top of the page, said aloud by screen readers. */
function NoticeBox(props: { notice: Notice | undefined; what: Ask; mode: Mode; w: Words }): Html | null {
  const { notice, what, mode, w } = props;
  if (notice === undefined) return null;
  if (notice.kind === 'unblocked') return <Alert tone="success" title={w.unblockedNote} live />;
  if (notice.kind === 'again') return <Alert tone="info" title={w.againNote} live />;
  const text = textOf(notice, what, mode, w);
  return (
    <Alert tone="error" title={w.errorTitle} live id={NOTICE}>
      <p data-error={errorOf(notice)}>{text}</p>
    </Alert>
  );
}

/** Digits that nobody else shall read: never filled in, never suggested, never sent back. */
function SecretField(props: {
  name: 'value' | 'again';
  label: string;
  hint?: string | undefined;
  digits: number;
  invalid: boolean;
  /** Its label and its hint are the page's heading. */
  heading?: boolean;
}): Html {
  const id = `f-${props.name}`;
  const described = [...(props.invalid ? [NOTICE] : []), ...(props.hint === undefined ? [] : [`${id}-hint`])];
  return (
    <div class="kern-form-input field">
      {props.heading ? undefined : (
        <label class="kern-label" for={id}>
          {props.label}
        </label>
      )}
      {props.hint === undefined || props.heading ? undefined : (
        <p class="kern-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <input
        class={`kern-form-input__input device-digits device-digits-${props.digits}`}
        id={id}
        name={props.name}
        type="password"
        inputmode="numeric"
        autocomplete="off"
        spellcheck="false"
        maxlength={props.digits}
        autofocus={props.name === 'value'}
        aria-describedby={described.join(' ') || undefined}
        aria-invalid={props.invalid ? 'true' : undefined}
        required
      />
    </div>
  );
}

function Fields(props: { look: Look; what: Ask; invalid: boolean; w: Words }): Html {
  const { look, what, invalid, w } = props;
  const { digits, hint } = look;
  if (what !== 'newPin') {
    return (
      <SecretField name="value" label={look.label} hint={hint} digits={digits} invalid={invalid} heading />
    );
  }
  return (
    <am-twice class="device-twice">
      <SecretField name="value" label={w.newLabel} hint={hint} digits={digits} invalid={invalid} />
      <SecretField name="again" label={w.newAgain} digits={digits} invalid={invalid} />
      <p class="kern-hint twice-hint" id="f-twice" hidden>
        {w.newTwice}
      </p>
    </am-twice>
  );
}

/** What is asked for. Where there is one field, it is its label; a reader with keys of its own needs none. */
function Asked(props: { look: Look; what: Ask; keypad: boolean; w: Words }): Html {
  const { look, what, keypad, w } = props;
  if (keypad)
    return (
      <>
        <h1>{look.title}</h1>
        <p class="lead">{look.hint}</p>
        <p>{w.padText}</p>
        {what === 'newPin' ? <p>{w.padNewRules}</p> : undefined}
      </>
    );
  if (what === 'newPin') return <h1>{look.title}</h1>;
  return (
    <>
      <h1>
        <label for="f-value">{look.label}</label>
      </h1>
      <p class="kern-hint" id="f-value-hint">
        {look.hint}
      </p>
    </>
  );
}

/** For people who were asked for the one kind of PIN and have the other. */
function OtherPin(props: { state: State; w: Words }): Html {
  const { state, w } = props;
  const { mode, came } = state;
  const other = mode === 'own' ? 'transport' : 'own';
  const words = mode === 'own' ? w.toTransport : w.toOwn;
  return (
    <p>
      <Button name="_action" value={mode === 'new' ? came : other} kind="secondary">
        {mode === 'new' ? w.toOld : words}
      </Button>
    </p>
  );
}

/** Whether the notice is about what this page asks for, and not about the step before. */
function isAbout(notice: Notice | undefined, what: Ask): boolean {
  return notice?.kind === 'fault' || (notice?.kind === 'wrong' && notice.what === what);
}

/** @returns the title of such a page */
export function askTitle(what: Ask, mode: Mode, w: Words): string {
  return lookOf(what, mode, w).title;
}

/** The whole page: what became of the last entry, the field or the hint to the reader's keys, what helps. */
export function AskPage(props: { state: State; what: Ask; page: Page; w: Words }): Html {
  const { state, what, page, w } = props;
  const look = lookOf(what, state.mode, w);
  const invalid = isAbout(state.notice, what);
  return (
    <JourneyForm action={page.path} page={page}>
      <input type="hidden" name="turn" value={state.turn} />
      <Say>
        <Asked look={look} what={what} keypad={state.keypad} w={w} />
      </Say>
      <Do>
        <NoticeBox notice={state.notice} what={what} mode={state.mode} w={w} />
        {state.keypad ? undefined : <Fields look={look} what={what} invalid={invalid} w={w} />}
        {what === 'pin' ? <OtherPin state={state} w={w} /> : undefined}
        <div class="device-hint">
          <Picture id={look.picture} small />
          <div>
            {look.texts.map((text) => (
              <p>{text}</p>
            ))}
            <p class="muted">{w.secret}</p>
          </div>
        </div>
      </Do>
      <Go page={page}>
        <Button name="_action" value="next" pictogram="forward">
          {w.next}
        </Button>
        <Button name="_action" value="cancel" kind="quiet">
          {w.cancel}
        </Button>
      </Go>
    </JourneyForm>
  );
}
