/** What is known while a PIN is set, how it can end, and the moves that several events share. Pure. */
import type { Ask, Fault, Mode } from './entries.ts';
import type { Command } from './messages.ts';

/** How it ended, as the office may know it. */
export const OUTCOMES = [
  'done',
  'cancelled',
  'timeOver',
  'pukUsedUp',
  'deactivated',
  'noReader',
  'unblocked',
  'unsure',
  'failed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the last page says: more than the office may know. */
export type EndScreen = Outcome | 'unreachable' | 'unsurePuk';

/** So often a card may be taken away and put back. */
const MOST_RESTARTS = 8;

/** What a page says above its question. */
export type Notice =
  | { kind: 'fault'; fault: Fault }
  | { kind: 'wrong'; what: Ask; left: number | undefined }
  /** The new PIN, tried first after a doubt, is not the card's. */
  | { kind: 'stillOld' }
  /** The card was lifted before it could answer. */
  | { kind: 'again' }
  | { kind: 'unblocked' };

export type PinStep =
  | { at: 'starting' | 'insertCard' | 'foreignCard' | 'cardGone' | 'working' | 'restarting' }
  | { at: 'ask'; what: Ask }
  | { at: 'ended'; outcome: Outcome; screen: EndScreen };

export interface State {
  mode: Mode;
  /** Which PIN the person came with. */
  came: Exclude<Mode, 'new'>;
  step: PinStep;
  /** Counts what the screen shows; a form of an earlier screen does nothing. */
  turn: number;
  notice?: Notice | undefined;
  /** What the terminal waits for, and since when: the app comes up late, and so do readers. */
  missing?: { what: 'app' | 'reader'; since: number } | undefined;
  /** Readers that are plugged in, by name. */
  plugged: readonly string[];
  /** The app is at work on `RUN_CHANGE_PIN`. */
  isRunning: boolean;
  /** The reader that the card is in. */
  reader?: string | undefined;
  keypad: boolean;
  /** Tries left for the PIN; undefined: not known, so none is used. */
  left?: number | undefined;
  /** The card has accepted the CAN, for one try. */
  canGiven: boolean;
  /** What was sent to the card and not answered yet. */
  sent?: Ask | undefined;
  /** The new PIN was sent, and the app has not said what became of it. */
  newPinSent: boolean;
  /** What the card may or may not have done when it was lifted. */
  doubt?: 'newPin' | 'puk' | undefined;
  /** Something was sent and got lost. */
  isLost: boolean;
  unblocked: boolean;
  restarts: number;
  beganAt: number;
  touchedAt: number;
}

export interface Result {
  state: State;
  send: readonly Command[];
}

/** @param now milliseconds, from any start */
export function begin(mode: Exclude<Mode, 'new'>, now: number): State {
  return {
    mode,
    came: mode,
    step: { at: 'starting' },
    turn: 1,
    missing: { what: 'app', since: now },
    plugged: [],
    isRunning: false,
    keypad: false,
    canGiven: false,
    newPinSent: false,
    isLost: false,
    unblocked: false,
    restarts: 0,
    beganAt: now,
    touchedAt: now,
  };
}

/** Nothing has to be sent. */
export const stay = (state: State): Result => ({ state, send: [] });

/** The screen shows something else. */
export function show(state: State, step: PinStep, notice?: Notice): State {
  return { ...state, step, notice, turn: state.turn + 1 };
}

/**
 * The card has gone, or the way to it. What was known of it is worth nothing: another one may come.
 * Whether a PUK that was on its way has unblocked it, nobody says.
 */
export function loseCard(state: State): State {
  return {
    ...state,
    ...{ reader: undefined, left: undefined, canGiven: false, sent: undefined },
    doubt: state.sent === 'puk' ? 'puk' : state.doubt,
    isLost: state.isLost || state.sent !== undefined,
  };
}

/** The app has ended its work without success. A new PIN that was on its way holds or does not: nobody says. */
export function overAtApp(state: State): State {
  const over = { ...loseCard(state), isRunning: false, newPinSent: false };
  return state.newPinSent ? { ...over, doubt: 'newPin', mode: 'new' } : over;
}

/** Never says that the PIN is as before when that is not known. */
function told(state: State, outcome: Outcome, screen: EndScreen): { outcome: Outcome; screen: EndScreen } {
  if (outcome === 'done') return { outcome, screen };
  if (state.newPinSent || state.doubt === 'newPin') return { outcome: 'unsure', screen: 'unsure' };
  if (state.doubt === 'puk' || state.sent === 'puk') return { outcome: 'failed', screen: 'unsurePuk' };
  return { outcome, screen };
}

/** Ends it; what is at work in the app is cancelled. */
export function end(state: State, outcome: Outcome, screen: EndScreen = outcome): Result {
  const ended = show(
    { ...loseCard(state), isRunning: false },
    { at: 'ended', ...told(state, outcome, screen) },
  );
  return { state: ended, send: state.isRunning ? [{ cmd: 'CANCEL' }] : [] };
}

/** Asks the app to begin. */
export function run(state: State): Result {
  const running = { ...state, isRunning: true, missing: undefined };
  return { state: show(running, { at: 'starting' }), send: [{ cmd: 'RUN_CHANGE_PIN' }] };
}

/** Begins anew with the app, so that it looks at the card that is there now and asks for what that one needs. */
export function restart(state: State): Result {
  if (state.restarts >= MOST_RESTARTS) return end(state, 'failed');
  const again = { ...loseCard(state), restarts: state.restarts + 1, missing: undefined };
  if (!again.isRunning) return run(again);
  return { state: show(again, { at: 'restarting' }), send: [{ cmd: 'CANCEL' }] };
}
