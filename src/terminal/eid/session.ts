/** One person's PIN at this terminal: ties the state machine to the AusweisApp, the clock and the screen. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Language } from '#language';
import { errorFacts, type Log } from '#log';
import type { Clock } from '#time';
import type { PageSettings } from '#web';
import { type Ask, digitsOf, type Mode } from './entries.ts';
import type { Command, SdkMessage } from './messages.ts';
import type { Sdk, SdkConnection } from './sdk.ts';
import { begin, type Event, type Outcome, type State, step } from './workflow.ts';

/** What the office asks this terminal to do. */
export interface Order {
  mode: Exclude<Mode, 'new'>;
  language: Language;
  settings: PageSettings;
  /** Where the person goes afterwards; the outcome is added. */
  returnTo(outcome: Outcome): string;
}

export interface Session {
  /** 256 random bits: whoever knows it sees the person's screen. */
  readonly id: string;
  readonly order: Order;
  readonly state: State;
  /** The line to the app is free again. */
  readonly closed: Promise<void>;
  language: Language;
  settings: PageSettings;
  /** Takes digits from the page and gives them to the card; nothing of them is kept. */
  enter(turn: number, typed: { value: string; again: string }): void;
  act(event: Exclude<Event, { kind: 'entry' | 'sdk' | 'ready' | 'lost' }>): void;
  /** Waits until the screen shows something else than at that turn, so many milliseconds at most. @returns whether it does */
  changed(turn: number, ms: number): Promise<boolean>;
}

export interface SessionDeps {
  sdk: Sdk;
  clock: Clock;
  log: Log;
}

const TICK_MS = 250;
/** An app that is away is called again. */
const AGAIN_MS = 500;
/** The app says that it has cancelled; if not, the line is cut anyway. */
const FAREWELL_MS = 2_000;

/** Recognises digits that are typed again, without keeping them. */
function createMark(): { set(digits: string): void; is(digits: string): boolean } {
  const key = randomBytes(32);
  const markOf = (digits: string): string => createHmac('sha256', key).update(digits).digest('base64');
  let mark: string | undefined;
  return {
    set(digits) {
      mark = markOf(digits);
    },
    is: (digits) => mark === markOf(digits),
  };
}

/** The line to the app during one session: opened when the last one is free, again when it breaks, cut at the end. */
function createLine(
  deps: SessionDeps,
  free: Promise<void>,
  act: (event: Event) => void,
  isOver: () => boolean,
) {
  const closed = Promise.withResolvers<void>();
  const farewell = Promise.withResolvers<void>();
  let connection: SdkConnection | undefined;
  let again: NodeJS.Timeout | undefined;
  let isTold = false;

  function lose(): void {
    connection = undefined;
    if (isOver()) farewell.resolve();
    act({ kind: 'lost' });
    if (isOver()) return;
    again = setTimeout(() => {
      opened = open();
    }, AGAIN_MS);
  }

  async function open(): Promise<void> {
    await free;
    if (isOver()) return;
    try {
      connection = await deps.sdk.connect({
        onMessage(message: SdkMessage) {
          if (isOver() && (message.msg === 'CHANGE_PIN' || message.msg === 'BAD_STATE')) farewell.resolve();
          act({ kind: 'sdk', message });
        },
        onLost: lose,
      });
      act({ kind: 'ready', readers: connection.readers });
    } catch (error) {
      if (!isTold) deps.log.warn(errorFacts(error), 'AusweisApp away');
      isTold = true;
      lose();
    }
  }
  let opened = open();
  return {
    closed: closed.promise,
    send: (command: Command): void => connection?.send(command),
    /** @param isCancelled whether the app was told, and will say that it has cancelled */
    async close(isCancelled: boolean): Promise<void> {
      const waits = isCancelled && connection !== undefined;
      clearTimeout(again);
      await opened;
      const timer = setTimeout(farewell.resolve, FAREWELL_MS);
      if (waits) await farewell.promise;
      clearTimeout(timer);
      await connection?.close();
      closed.resolve();
    },
  };
}

function createSession(order: Order, free: Promise<void>, deps: SessionDeps): Session {
  const now = (): number => deps.clock.now().getTime();
  const marks = { can: createMark(), newPin: createMark() };
  let state = begin(order.mode, now());
  let waiting: (() => void)[] = [];
  const isOver = (): boolean => state.step.at === 'ended';
  const line = createLine(deps, free, act, isOver);
  const timer = setInterval(() => act({ kind: 'tick' }), TICK_MS);
  timer.unref();

  function act(event: Event): void {
    const wasOver = isOver();
    const before = state.turn;
    const result = step(state, event, now());
    state = result.state;
    for (const command of result.send) line.send(command);
    if (isOver() && !wasOver) {
      clearInterval(timer);
      void line.close(result.send.length > 0);
    }
    if (state.turn === before) return;
    for (const wake of waiting) wake();
    waiting = [];
  }

  return {
    id: randomBytes(32).toString('base64url'),
    order,
    get state() {
      return state;
    },
    closed: line.closed,
    language: order.language,
    settings: order.settings,
    enter(turn, typed) {
      const value = digitsOf(typed.value);
      const { step: shown } = state;
      const what: Ask | undefined = shown.at === 'ask' && turn === state.turn ? shown.what : undefined;
      const entry = {
        value,
        again: digitsOf(typed.again),
        isCan: marks.can.is(value),
        isNew: marks.newPin.is(value),
      };
      if (what === 'can' || what === 'newPin') marks[what].set(value);
      act({ kind: 'entry', turn, entry });
    },
    act,
    async changed(turn, ms) {
      if (state.turn !== turn) return true;
      const { promise, resolve } = Promise.withResolvers<void>();
      const over = setTimeout(resolve, ms);
      waiting.push(resolve);
      await promise;
      clearTimeout(over);
      return state.turn !== turn;
    },
  };
}

/** The one place at this terminal where a PIN can be set. */
export interface Sessions {
  /** Begins for a new person; whoever was there before is cancelled. */
  begin(order: Order): Session;
  /** @returns the present session, when that is its id */
  find(id: string): Session | undefined;
  /** Cancels what is running and frees the app. */
  stop(): Promise<void>;
}

export function createSessions(deps: SessionDeps): Sessions {
  let current: Session | undefined;
  return {
    begin(order) {
      current?.act({ kind: 'cancel' });
      current = createSession(order, current?.closed ?? Promise.resolve(), deps);
      return current;
    },
    find: (id) => (current?.id === id ? current : undefined),
    async stop() {
      current?.act({ kind: 'cancel' });
      await current?.closed;
    },
  };
}
