/**
 * Setting or changing the PIN of an online ID (§ 20 PAuswV) as a state machine over the AusweisApp SDK's
 * `RUN_CHANGE_PIN`: messages and entries in, screen and commands out. Pure: no digits stay in its state.
 *
 * Three rules hold whatever comes: nothing is sent after the end; no PIN is sent for the last try unless the card has
 * accepted the CAN for it; and it ends within its limits, because a card taken away does not end the app's workflow.
 */
import { type Ask, type Entry, type Fault, faultOf, type Mode } from './entries.ts';
import type { Command, Reader, SdkMessage } from './messages.ts';

/** How it ended, as the office may know it. */
export const OUTCOMES = [
  'done',
  'cancelled',
  'timeOver',
  'pukUsedUp',
  'deactivated',
  'noReader',
  'unblocked',
  'failed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Without an entry or a card for so long, it ends. */
export const IDLE_MS = 180_000;
/** And after so long in any case. */
export const TOTAL_MS = 900_000;
/** So often a card may be taken away and put back. */
const MOST_RESTARTS = 8;

/** What a page says above its question. */
export type Notice =
  | { kind: 'fault'; fault: Fault }
  | { kind: 'wrong'; what: Ask; left: number | undefined }
  | { kind: 'unblocked' };

export type Step =
  | { at: 'starting' | 'insertCard' | 'cardGone' | 'working' | 'restarting' }
  | { at: 'ask'; what: Ask }
  /** `unsure`: the connection broke while the new PIN was being written. */
  | { at: 'ended'; outcome: Outcome; screen: Outcome | 'unreachable' | 'unsure' };

export interface State {
  mode: Mode;
  step: Step;
  /** Counts what the screen shows; a form of an earlier screen does nothing. */
  turn: number;
  notice?: Notice | undefined;
  /** The reader that the card is in. */
  reader?: string | undefined;
  keypad: boolean;
  /** Tries left for the PIN; undefined: not known, so none is used. */
  left?: number | undefined;
  /** The card has accepted the CAN, for one try. */
  canGiven: boolean;
  /** What was sent to the card and not answered yet. */
  sent?: Ask | undefined;
  /** The new PIN was sent, and the card has not said what became of it. */
  newPinSent: boolean;
  unblocked: boolean;
  restarts: number;
  beganAt: number;
  touchedAt: number;
}

export type Event =
  | { kind: 'ready'; readers: readonly Reader[] }
  | { kind: 'sdk'; message: SdkMessage }
  /** The app cannot be reached, or not any more. */
  | { kind: 'lost' }
  /** With a keypad reader the digits are typed there: whatever `entry` holds is not sent. */
  | { kind: 'entry'; turn: number; entry: Entry }
  | { kind: 'mode'; turn: number; mode: Mode }
  | { kind: 'cancel' }
  | { kind: 'tick' };

export interface Result {
  state: State;
  send: readonly Command[];
}

const COMMANDS = { pin: 'SET_PIN', can: 'SET_CAN', puk: 'SET_PUK', newPin: 'SET_NEW_PIN' } as const;
const ASKED = { ENTER_PIN: 'pin', ENTER_CAN: 'can', ENTER_PUK: 'puk', ENTER_NEW_PIN: 'newPin' } as const;

/** @param now milliseconds, from any start */
export function begin(mode: Mode, now: number): State {
  return {
    mode,
    step: { at: 'starting' },
    turn: 1,
    keypad: false,
    canGiven: false,
    newPinSent: false,
    unblocked: false,
    restarts: 0,
    beganAt: now,
    touchedAt: now,
  };
}

const stay = (state: State): Result => ({ state, send: [] });

function show(state: State, step: Step, notice?: Notice): State {
  return { ...state, step, notice, turn: state.turn + 1 };
}

/** What was known of a card is worth nothing once it has been taken away: another one may come. */
function forgetCard(state: State): State {
  return { ...state, reader: undefined, left: undefined, canGiven: false, sent: undefined };
}

function end(
  state: State,
  outcome: Outcome,
  { screen = outcome, cancel = true }: { screen?: Outcome | 'unreachable' | 'unsure'; cancel?: boolean } = {},
): Result {
  const ended = show(forgetCard(state), { at: 'ended', outcome, screen });
  return { state: ended, send: cancel ? [{ cmd: 'CANCEL' }] : [] };
}

/** Begins anew with the app, so that it looks at the card that is there now and asks for what that one needs. */
function restart(state: State): Result {
  if (state.restarts >= MOST_RESTARTS) return end(state, 'failed');
  const again = { ...forgetCard(state), restarts: state.restarts + 1 };
  return { state: show(again, { at: 'restarting' }), send: [{ cmd: 'CANCEL' }] };
}

function mayTry(state: State): boolean {
  const { left = 0, canGiven } = state;
  return left > 1 || (left === 1 && canGiven);
}

/** @returns the end, when the card cannot be used at all */
function unusable(state: State, reader: Reader | undefined): Result | undefined {
  if (reader?.card?.inoperative) return end(state, 'pukUsedUp');
  return reader?.card?.deactivated ? end(state, 'deactivated') : undefined;
}

function onReader(state: State, reader: Reader, now: number): Result {
  const bad = unusable(state, reader);
  if (bad) return bad;
  const { at } = state.step;
  if (reader.attached && reader.card) {
    if (at === 'cardGone') return restart({ ...state, touchedAt: now });
    if (at === 'insertCard') return stay({ ...state, touchedAt: now });
    const left = reader.card.retryCounter;
    if (reader.name !== state.reader || left === state.left) return stay(state);
    // Another count may be another card's: what the last one accepted does not hold for it.
    return stay({ ...state, left, canGiven: false });
  }
  const isOurs = reader.name === state.reader && (at === 'ask' || at === 'working');
  return stay(isOurs ? show(forgetCard(state), { at: 'cardGone' }) : state);
}

/** What the app's next question says about the last answer. */
function noticeFor(before: State, what: Ask, left: number | undefined): Notice | undefined {
  const { sent } = before;
  if (sent === what || (sent === 'pin' && what !== 'newPin')) return { kind: 'wrong', what: sent, left };
  return sent === 'puk' && what === 'pin' ? { kind: 'unblocked' } : undefined;
}

function onQuestion(state: State, what: Ask, reader: Reader | undefined, isRefused: boolean): Result {
  const bad = unusable(state, reader);
  if (bad) return bad;
  if (!reader?.card) return stay(show(forgetCard(state), { at: 'cardGone' }));
  const known: State = {
    ...state,
    reader: reader.name,
    keypad: reader.keypad ?? false,
    left: reader.card.retryCounter,
    canGiven: what === 'pin' && state.sent === 'can' && !isRefused,
    unblocked: state.unblocked || (what === 'pin' && state.sent === 'puk' && !isRefused),
    sent: undefined,
    newPinSent: false,
  };
  if (what === 'pin' && !mayTry(known)) return restart(known);
  return stay(show(known, { at: 'ask', what }, noticeFor(state, what, known.left)));
}

function onOver(state: State, success: boolean | undefined): Result {
  if (success === undefined) return stay(state);
  // An app that is asked too early reports success without ever having asked for a PIN.
  const outcome = success && state.newPinSent ? 'done' : 'failed';
  if (outcome === 'failed' && state.step.at === 'restarting') {
    return {
      state: { ...show(state, { at: 'starting' }), newPinSent: false },
      send: [{ cmd: 'RUN_CHANGE_PIN' }],
    };
  }
  return end(state, outcome, { cancel: false });
}

function onMessage(state: State, message: SdkMessage, now: number): Result {
  const isRestarting = state.step.at === 'restarting';
  switch (message.msg) {
    case 'READER':
      return onReader(state, message, now);
    case 'CHANGE_PIN':
      return onOver(state, message.success);
    case 'INSERT_CARD':
      if (isRestarting || state.step.at === 'cardGone') return stay(state);
      return stay(show(forgetCard(state), { at: 'insertCard' }));
    case 'ENTER_PIN':
    case 'ENTER_CAN':
    case 'ENTER_PUK':
    case 'ENTER_NEW_PIN':
      if (isRestarting) return stay(state);
      return onQuestion(state, ASKED[message.msg], message.reader, message.error !== undefined);
    case 'BAD_STATE':
      // There was nothing left to cancel.
      return isRestarting ? onOver(state, false) : end(state, 'failed');
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
  const sent: State = {
    ...state,
    sent: what,
    newPinSent: what === 'newPin',
  };
  const cmd = COMMANDS[what];
  const command: Command = state.keypad ? { cmd } : { cmd, value: entry.value };
  return { state: show(sent, { at: 'working' }), send: [command] };
}

function onReady(state: State, readers: readonly Reader[]): Result {
  if (state.step.at !== 'starting') return stay(state);
  if (!readers.some((reader) => reader.attached)) return end(state, 'noReader', { cancel: false });
  for (const reader of readers) {
    const bad = unusable(state, reader);
    if (bad) return { ...bad, send: [] };
  }
  return { state, send: [{ cmd: 'RUN_CHANGE_PIN' }] };
}

function onLost(state: State): Result {
  if (state.newPinSent) return end(state, 'failed', { screen: 'unsure', cancel: false });
  const outcome = state.step.at === 'starting' ? 'noReader' : 'failed';
  return end(state, outcome, { screen: 'unreachable', cancel: false });
}

/**
 * One step.
 * @param now milliseconds on the same scale as at {@link begin}
 * @returns the state after it, and what has to be sent to the app at once, in this order
 */
export function step(state: State, event: Event, now: number): Result {
  if (state.step.at === 'ended') return stay(state);
  if (now - state.touchedAt >= IDLE_MS || now - state.beganAt >= TOTAL_MS) {
    return end(state, 'timeOver', state.newPinSent ? { screen: 'unsure' } : {});
  }
  switch (event.kind) {
    case 'ready':
      return onReady(state, event.readers);
    case 'sdk':
      return onMessage(state, event.message, now);
    case 'lost':
      return onLost(state);
    case 'entry':
      return onEntry({ ...state, touchedAt: now }, event.turn, event.entry);
    case 'mode': {
      const isAsked = state.step.at === 'ask' && event.turn === state.turn;
      return stay(isAsked ? show({ ...state, mode: event.mode, touchedAt: now }, state.step) : state);
    }
    case 'cancel':
      if (state.newPinSent) return end(state, 'failed', { screen: 'unsure' });
      return end(state, state.unblocked ? 'unblocked' : 'cancelled');
    case 'tick':
      return stay(state);
  }
}
