/** The app's side of `RUN_CHANGE_PIN`: commands in, messages out, over one virtual card in one reader. */
import { tryPin, tryPuk, type VirtualCard, virtualCard } from './card.ts';

export interface ReaderState {
  name: string;
  attached: boolean;
  /** PINs are typed on the reader. */
  keypad: boolean;
  /** A card of the app's own can be put in by `SET_CARD`. */
  insertable: boolean;
  card: VirtualCard | undefined;
}

/** The app's own simulated reader, which is always there, and the one that is plugged in. */
export interface Readers {
  simulator: ReaderState;
  real: ReaderState;
}

export type Secret = 'PIN' | 'CAN' | 'PUK' | 'NEW_PIN';
type State = 'idle' | 'INSERT_CARD' | Secret;
export type Message = { msg: string; [key: string]: unknown };
export type Say = (message: Message) => void;

const FORMS: Readonly<Record<Secret, { form: RegExp; error: string }>> = {
  PIN: { form: /^\d{5,6}$/, error: 'You must provide 5 - 6 digits' },
  CAN: { form: /^\d{6}$/, error: 'You must provide 6 digits' },
  PUK: { form: /^\d{10}$/, error: 'You must provide 10 digits' },
  NEW_PIN: { form: /^\d{6}$/, error: 'You must provide 6 digits' },
};

/** Whether the app can talk to the card. */
function readable(card: VirtualCard | undefined): card is VirtualCard {
  return card !== undefined && !card.faulty;
}

/** @returns what the app tells about a reader, in the fields of its `READER` message */
export function readerFacts({
  name,
  attached,
  keypad,
  insertable,
  card,
}: ReaderState): Record<string, unknown> {
  if (!attached) return { name, attached };
  const facts = readable(card)
    ? {
        inoperative: card.inoperative,
        deactivated: card.deactivated,
        retryCounter: card.deactivated ? 0 : card.retryCounter,
      }
    : null;
  return { name, insertable, attached, keypad, card: facts };
}

/** `reply` answers a command directly; everything else is said by itself. */
export interface Workflow {
  status(): { workflow: string | null; progress: number | null; state: string | null };
  run(reply: Say): void;
  cancel(reply: Say): void;
  /** Puts a card of the app's own into its simulator. */
  setCard(name: unknown, reply: Say): void;
  /** A `SET_…` command. Without a value the reader's keypad is waited for. */
  set(secret: Secret, value: unknown, reply: Say): void;
  /** What somebody types on the reader's keypad. */
  type(digits: string): void;
  /** The card in the reader has changed. */
  cardChanged(): void;
  /** Ends without a word: the client has gone. */
  drop(): void;
}

/** What a card does with the digits it is told. @returns what the app learns of it */
const DOES: Readonly<Record<Secret, (card: VirtualCard, digits: string) => boolean>> = {
  PIN: tryPin,
  CAN: (card, digits) => digits === card.can,
  PUK: tryPuk,
  NEW_PIN(card, digits) {
    card.pin = digits;
    card.transportPin = undefined;
    return true;
  },
};

/**
 * @param say sends a message to the client
 * @param isAnnounced whether the client knows of the reader that is plugged in
 */
export function createWorkflow(readers: Readers, say: Say, isAnnounced: () => boolean): Workflow {
  const { simulator, real } = readers;
  let state: State = 'idle';
  let reader = real;
  let canGiven = false;
  let onPad: Secret | undefined;

  const publish = (): void => say({ msg: 'READER', ...readerFacts(reader) });

  function reset(): void {
    state = 'idle';
    canGiven = false;
    onPad = undefined;
    reader = real;
  }

  function over(success: boolean): void {
    const isSimulated = reader === simulator;
    simulator.card = undefined;
    if (isSimulated) publish();
    reset();
    say({ msg: 'CHANGE_PIN', success });
  }

  function ask(secret: Secret, error?: string, to: Say = say): void {
    state = secret;
    to({ msg: `ENTER_${secret}`, ...(error === undefined ? {} : { error }), reader: readerFacts(reader) });
  }

  /** Looks at the card and asks for what it needs. */
  function proceed(): void {
    const { card } = reader;
    if (!readable(card) || card.deactivated) {
      state = 'INSERT_CARD';
      say({ msg: 'INSERT_CARD' });
    } else if (card.retryCounter === 0) ask('PUK');
    else ask(card.retryCounter === 1 && !canGiven ? 'CAN' : 'PIN');
  }

  const checks: Record<Secret, (card: VirtualCard, digits: string) => void> = {
    PIN(card, digits) {
      const before = card.retryCounter;
      const isRight = DOES.PIN(card, digits);
      canGiven = false;
      if (card.retryCounter !== before) publish();
      if (isRight) ask('NEW_PIN');
      else proceed();
    },
    CAN(card, digits) {
      canGiven = DOES.CAN(card, digits);
      proceed();
    },
    PUK(card, digits) {
      const was = card.inoperative;
      if (DOES.PUK(card, digits) || card.inoperative !== was) publish();
      proceed();
    },
    NEW_PIN(card, digits) {
      DOES.NEW_PIN(card, digits);
      over(true);
    },
  };

  /** Gone in the middle: the real app tells one thing of it and means another. */
  function gone(card: VirtualCard, secret: Secret, digits: string, taken: boolean): void {
    card.lifted = undefined;
    if (taken) DOES[secret](card, digits);
    reader.card = undefined;
    publish();
    canGiven = false;
    if (secret === 'PIN') proceed();
    else over(secret === 'CAN' || (secret === 'PUK' && !taken));
  }

  function take(secret: Secret, digits: string, reply: Say = say): void {
    const { form, error } = FORMS[secret];
    const { card } = reader;
    if (!form.test(digits)) ask(secret, error, reply);
    else if (!card) proceed();
    else if (card.lifted?.during === secret) gone(card, secret, digits, card.lifted.taken);
    else checks[secret](card, digits);
  }

  return {
    status: () =>
      state === 'idle'
        ? { workflow: null, progress: null, state: null }
        : {
            workflow: 'CHANGE_PIN',
            progress: 0,
            state: state === 'INSERT_CARD' ? state : `ENTER_${state}`,
          },
    run(reply) {
      if (state !== 'idle') return reply({ msg: 'BAD_STATE', error: 'RUN_CHANGE_PIN' });
      say({ msg: 'CHANGE_PIN' });
      // The real app, asked before its simulator has been announced a second time, claims success.
      if (!simulator.insertable && !isAnnounced()) return over(true);
      if (isAnnounced()) return proceed();
      state = 'INSERT_CARD';
      say({ msg: 'INSERT_CARD' });
    },
    cancel(reply) {
      if (state === 'idle') reply({ msg: 'BAD_STATE', error: 'CANCEL' });
      else over(false);
    },
    setCard(name, reply) {
      if (state !== 'INSERT_CARD') return reply({ msg: 'BAD_STATE', error: 'SET_CARD' });
      if (name === undefined) return reply({ msg: 'INSERT_CARD', error: 'Name cannot be undefined' });
      if (name !== simulator.name) return reply({ msg: 'INSERT_CARD', error: 'Unknown reader name' });
      reader = simulator;
      reader.card = virtualCard('own');
      publish();
      proceed();
    },
    set(secret, value, reply) {
      if (state !== secret || onPad) return reply({ msg: 'BAD_STATE', error: `SET_${secret}` });
      if (!reader.keypad) return take(secret, typeof value === 'string' ? value : '', reply);
      if (value !== undefined) return ask(secret, 'Value cannot be defined', reply);
      if (reader === real) onPad = secret;
      // The simulator verifies nothing.
      else if (secret === 'NEW_PIN') over(true);
      else ask('NEW_PIN');
    },
    type(digits) {
      const secret = onPad;
      onPad = undefined;
      if (secret) take(secret, digits);
    },
    cardChanged() {
      // A card taken away does not end the workflow, and a card put back in the middle of it does not ask again.
      if (reader === real) publish();
      if (state === 'INSERT_CARD' && readable(real.card) && !real.card.deactivated) proceed();
    },
    drop() {
      simulator.card = undefined;
      reset();
    },
  };
}
