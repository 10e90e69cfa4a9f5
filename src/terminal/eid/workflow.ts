/**
 * Setting or changing the PIN of an online ID (§ 20 PAuswV) as a state machine over the AusweisApp SDK's
 * `RUN_CHANGE_PIN`: messages and entries in, screen and commands out. Pure: no digits stay in its state.
 *
 * Three rules hold whatever comes: nothing is sent after the end; no PIN is sent for the last try unless the card has
 * accepted the CAN for it; and it ends within its limits, because a card taken away does not end the app's workflow.
 *
 * The app does not say what became of a card that is lifted while it works: its `CHANGE_PIN` may claim success where
 * nothing has happened, and failure where the new PIN holds. So only success after a new PIN counts; whatever else
 * ends the app's workflow is a card to be put back, with a doubt where something may have been written.
 */
import { type Ask, type Entry, faultOf, type Mode } from './entries.ts';
import { type Command, type Reader, type SdkMessage, SIMULATOR } from './messages.ts';
import {
  end,
  loseCard,
  type Notice,
  overAtApp,
  type Result,
  restart,
  run,
  type State,
  show,
  stay,
} from './state.ts';

export { begin, type Notice, OUTCOMES, type Outcome, type PinStep, type State } from './state.ts';

/** Without an entry or a card for so long, it ends. */
export const IDLE_MS = 180_000;
/** And after so long in any case. */
export const TOTAL_MS = 900_000;
/** An app that is started again is there after two seconds; whoever looks after it may take longer. */
export const APP_MS = 15_000;
/** The app finds readers about a second after it was called, and never says that there is none. */
export const READER_MS = 5_000;

export type Event =
  | { kind: 'ready'; readers: readonly Reader[] }
  | { kind: 'sdk'; message: SdkMessage }
  /** The app cannot be reached, or not any more. */
  | { kind: 'lost' }
  /** With a keypad reader the digits are typed there: whatever `entry` holds is not sent. */
  | { kind: 'entry'; turn: number; entry: Entry }
  | { kind: 'mode'; turn: number; mode: Exclude<Mode, 'new'> }
  | { kind: 'cancel' }
  | { kind: 'tick' };

const COMMANDS = { pin: 'SET_PIN', can: 'SET_CAN', puk: 'SET_PUK', newPin: 'SET_NEW_PIN' } as const;
const ASKED = { ENTER_PIN: 'pin', ENTER_CAN: 'can', ENTER_PUK: 'puk', ENTER_NEW_PIN: 'newPin' } as const;

function mayTry(state: State): boolean {
  const { left = 0, canGiven } = state;
  return left > 1 || (left === 1 && canGiven);
}

/** @returns the end, when the card cannot be used at all */
function unusable(state: State, reader: Reader | undefined): Result | undefined {
  if (reader?.card?.inoperative) return end(answered(state), 'pukUsedUp');
  return reader?.card?.deactivated ? end(state, 'deactivated') : undefined;
}

/** The card has said what became of the PUK. */
const answered = (state: State): State => ({
  ...state,
  sent: undefined,
  doubt: state.doubt === 'puk' ? undefined : state.doubt,
});

function onPlugged(state: State, reader: Reader): State {
  const others = state.plugged.filter((name) => name !== reader.name);
  return { ...state, plugged: reader.attached ? [...others, reader.name] : others };
}

/** No reader is left, or none has been found yet: one may come. */
function waitForReader(state: State, now: number): Result {
  const waiting: State = { ...loseCard(state), missing: { what: 'reader', since: now } };
  return stay(show(waiting, { at: 'starting' }));
}

function onReader(before: State, reader: Reader, now: number): Result {
  if (reader.name === SIMULATOR) return stay(before);
  const bad = unusable(before, reader);
  if (bad) return bad;
  const isKnown = before.plugged.includes(reader.name) || reader.name === before.reader;
  const state = onPlugged(before, reader);
  const { at } = state.step;
  if (state.plugged.length === 0) return isKnown ? waitForReader(state, now) : stay(state);
  if (state.missing?.what === 'reader') return state.isRunning ? restart(state) : run(state);
  if (reader.attached && reader.card) return onCard(state, reader.name, reader.card.retryCounter, now);
  // Told again that a reader has no card: there is one that the app cannot read.
  if (at === 'insertCard' && isKnown && reader.attached) return stay(show(state, { at: 'foreignCard' }));
  const isOurs = reader.name === state.reader && (at === 'ask' || at === 'working');
  return stay(isOurs ? show(loseCard(state), { at: 'cardGone' }) : state);
}

function onCard(state: State, name: string, left: number | undefined, now: number): Result {
  const { at } = state.step;
  if (at === 'cardGone') return restart({ ...state, touchedAt: now });
  if (at === 'insertCard' || at === 'foreignCard') return stay({ ...state, touchedAt: now });
  if (name !== state.reader || left === state.left) return stay(state);
  // Another count may be another card's: what the last one accepted does not hold for it.
  return stay({ ...state, left, canGiven: false });
}

/** What the app's next question says about the last answer. */
function noticeFor(before: State, what: Ask, left: number | undefined): Notice | undefined {
  const { sent, doubt, isLost } = before;
  if (doubt === 'puk' && what === 'pin' && left === 3) return { kind: 'unblocked' };
  if (isLost && sent === undefined && doubt !== 'newPin') return { kind: 'again' };
  if (sent === 'pin' && what !== 'newPin' && before.mode === 'new') return { kind: 'stillOld' };
  if (sent === what || (sent === 'pin' && what !== 'newPin')) return { kind: 'wrong', what: sent, left };
  return sent === 'puk' && what === 'pin' ? { kind: 'unblocked' } : undefined;
}

/** A PIN that was told says which PIN holds, whether it was right or not. */
function doubtAfter(state: State): Pick<State, 'doubt' | 'mode'> {
  const { doubt, mode, came, sent } = state;
  if (doubt === 'newPin')
    return sent === 'pin' && mode === 'new' ? { doubt: undefined, mode: came } : { doubt, mode };
  return { doubt: undefined, mode };
}

function onQuestion(state: State, what: Ask, reader: Reader | undefined, isRefused: boolean): Result {
  const bad = unusable(state, reader);
  if (bad) return bad;
  if (!reader?.card) return stay(show(loseCard(state), { at: 'cardGone' }));
  const left = reader.card.retryCounter;
  // Where the page takes nothing but the new PIN, the card that accepts it has it.
  if (what === 'newPin' && state.sent === 'pin' && state.mode === 'new' && !state.keypad)
    return end({ ...state, newPinSent: false, doubt: undefined }, 'done');
  const isFree = what === 'pin' && (state.doubt === 'puk' ? left === 3 : state.sent === 'puk' && !isRefused);
  const known: State = {
    ...state,
    ...doubtAfter(state),
    ...(what === 'newPin' && { doubt: undefined }),
    reader: reader.name,
    keypad: reader.keypad ?? false,
    left,
    canGiven: what === 'pin' && state.sent === 'can' && !isRefused,
    unblocked: state.unblocked || isFree,
    sent: undefined,
    newPinSent: false,
    isLost: false,
    missing: undefined,
  };
  if (what === 'pin' && !mayTry(known)) return restart(known);
  return stay(show(known, { at: 'ask', what }, noticeFor(state, what, left)));
}

function onOver(state: State, success: boolean | undefined): Result {
  if (success === undefined) return stay(state);
  if (success && state.newPinSent) return end({ ...state, isRunning: false }, 'done');
  const over = overAtApp(state);
  switch (state.step.at) {
    case 'restarting':
      return run(over);
    case 'working':
      return stay(show(over, { at: 'cardGone' }));
    case 'cardGone':
      // The words on it may be others now.
      return stay(show(over, state.step));
    case 'starting':
      // An app that is asked too early reports success without ever having asked for a PIN.
      return state.missing ? stay(over) : end(over, 'failed');
    default:
      return end(over, 'failed');
  }
}

function onMessage(state: State, message: SdkMessage, now: number): Result {
  const isRestarting = state.step.at === 'restarting';
  switch (message.msg) {
    case 'READER':
      return onReader(state, message, now);
    case 'CHANGE_PIN':
      return onOver(state, message.success);
    case 'INSERT_CARD':
      if (isRestarting || state.missing || state.step.at === 'cardGone') return stay(state);
      return stay(show(loseCard(state), { at: 'insertCard' }));
    case 'ENTER_PIN':
    case 'ENTER_CAN':
    case 'ENTER_PUK':
    case 'ENTER_NEW_PIN':
      if (isRestarting) return stay(state);
      return onQuestion(state, ASKED[message.msg], message.reader, message.error !== undefined);
    case 'BAD_STATE':
      // There was nothing left to cancel: the app had ended by itself.
      if (isRestarting) return onOver(state, false);
      return message.error === 'CANCEL' ? stay(state) : end(state, 'failed');
    case 'INVALID':
    case 'INTERNAL_ERROR':
    case 'UNKNOWN_COMMAND':
      return end(state, 'failed');
    default:
      return stay(state);
  }
}

function onEntry(state: State, turn: number, entry: Entry): Result {
  const { step } = state;
  if (step.at !== 'ask' || turn !== state.turn) return stay(state);
  const { what } = step;
  if (what === 'pin' && !mayTry(state)) return restart(state);
  const fault = state.keypad ? undefined : faultOf(what, state.mode, entry);
  if (fault) return stay(show(state, step, { kind: 'fault', fault }));
  const sent: State = { ...state, sent: what, newPinSent: what === 'newPin' };
  const cmd = COMMANDS[what];
  const command: Command = state.keypad ? { cmd } : { cmd, value: entry.value };
  return { state: show(sent, { at: 'working' }), send: [command] };
}

function onReady(state: State, all: readonly Reader[], now: number): Result {
  if (state.missing?.what !== 'app') return stay(state);
  const readers = all.filter((reader) => reader.name !== SIMULATOR && reader.attached);
  for (const reader of readers) {
    const bad = unusable(state, reader);
    if (bad) return bad;
  }
  const known = { ...state, plugged: readers.map((reader) => reader.name) };
  return readers.length > 0 ? run(known) : stay({ ...known, missing: { what: 'reader', since: now } });
}

/** The app may be started again: what it was at work on is gone, and the card is where it was. */
function onLost(state: State, now: number): Result {
  if (state.missing?.what === 'app') return stay(state);
  const away: State = { ...overAtApp(state), plugged: [], missing: { what: 'app', since: now } };
  return stay(show(away, { at: 'starting' }));
}

function onTick(state: State, now: number): Result {
  const { missing, unblocked } = state;
  if (!missing || now - missing.since < (missing.what === 'app' ? APP_MS : READER_MS)) return stay(state);
  return end(
    state,
    unblocked ? 'unblocked' : 'noReader',
    missing.what === 'app' ? 'unreachable' : 'noReader',
  );
}

function onCancel(state: State): Result {
  if (state.step.at === 'foreignCard') return end(state, 'failed');
  return end(state, state.unblocked ? 'unblocked' : 'cancelled');
}

/**
 * One step.
 * @param now milliseconds on the same scale as at {@link begin}
 * @returns the state after it, and what has to be sent to the app at once, in this order
 */
export function step(state: State, event: Event, now: number): Result {
  if (state.step.at === 'ended') return stay(state);
  if (now - state.touchedAt >= IDLE_MS || now - state.beganAt >= TOTAL_MS) return end(state, 'timeOver');
  switch (event.kind) {
    case 'ready':
      return onReady(state, event.readers, now);
    case 'sdk':
      return onMessage(state, event.message, now);
    case 'lost':
      return onLost(state, now);
    case 'entry':
      return onEntry({ ...state, touchedAt: now }, event.turn, event.entry);
    case 'mode': {
      const isAsked = state.step.at === 'ask' && event.turn === state.turn;
      return stay(isAsked ? show({ ...state, mode: event.mode, touchedAt: now }, state.step) : state);
    }
    case 'cancel':
      return onCancel(state);
    case 'tick':
      return onTick(state, now);
  }
}
