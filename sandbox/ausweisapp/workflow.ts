/** The app's side of `RUN_CHANGE_PIN`: commands in, messages out, over one virtual card in one reader. */
import { tryPin, tryPuk, type VirtualCard } from './card.ts';

export interface ReaderState {
  name: string;
  attached: boolean;
  /** PINs are typed on the reader. */
  keypad: boolean;
  insertable: boolean;
  card: VirtualCard | undefined;
}

type Secret = 'PIN' | 'CAN' | 'PUK' | 'NEW_PIN';
type State = 'idle' | 'insert' | Secret;
export type Message = { msg: string; [key: string]: unknown };

const FORMS: Readonly<Record<Secret, { form: RegExp; error: string }>> = {
  PIN: { form: /^\d{5,6}$/, error: 'You must provide 5 - 6 digits' },
  CAN: { form: /^\d{6}$/, error: 'You must provide 6 digits' },
  PUK: { form: /^\d{10}$/, error: 'You must provide 10 digits' },
  NEW_PIN: { form: /^\d{6}$/, error: 'You must provide 6 digits' },
};

/** @returns what the app tells about a reader, in the fields of its `READER` message */
export function readerFacts({
  name,
  attached,
  keypad,
  insertable,
  card,
}: ReaderState): Record<string, unknown> {
  if (!attached) return { name, attached };
  const facts = card && {
    inoperative: card.inoperative,
    deactivated: card.deactivated,
    retryCounter: card.retryCounter,
  };
  return { name, insertable, attached, keypad, card: facts ?? null };
}

export interface Workflow {
  run(): void;
  cancel(): void;
  /** A `SET_…` command. Without a value the reader's keypad is waited for. */
  set(secret: Secret, value: unknown): void;
  /** What somebody types on the reader's keypad. */
  type(digits: string): void;
  /** The card in the reader has changed. */
  cardChanged(): void;
  /** Ends without a word: the client has gone. */
  drop(): void;
}

/** @param say sends a message to the client */
export function createWorkflow(reader: ReaderState, say: (message: Message) => void): Workflow {
  let state: State = 'idle';
  let canGiven = false;
  let onPad: Secret | undefined;

  const publish = (): void => say({ msg: 'READER', ...readerFacts(reader) });

  function over(success: boolean): void {
    state = 'idle';
    canGiven = false;
    onPad = undefined;
    say({ msg: 'CHANGE_PIN', success });
  }

  function ask(secret: Secret, error?: string): void {
    state = secret;
    say({ msg: `ENTER_${secret}`, ...(error === undefined ? {} : { error }), reader: readerFacts(reader) });
  }

  /** Looks at the card and asks for what it needs. */
  function proceed(): void {
    const { card } = reader;
    if (!card || card.deactivated) {
      state = 'insert';
      say({ msg: 'INSERT_CARD' });
    } else if (card.faulty) over(false);
    else if (card.retryCounter === 0) ask('PUK');
    else ask(card.retryCounter === 1 && !canGiven ? 'CAN' : 'PIN');
  }

  const checks: Record<Secret, (card: VirtualCard, digits: string) => void> = {
    PIN(card, digits) {
      const before = card.retryCounter;
      const isRight = tryPin(card, digits);
      canGiven = false;
      if (card.retryCounter !== before) publish();
      if (isRight) ask('NEW_PIN');
      else proceed();
    },
    CAN(card, digits) {
      canGiven = digits === card.can;
      proceed();
    },
    PUK(card, digits) {
      const was = card.inoperative;
      if (tryPuk(card, digits) || card.inoperative !== was) publish();
      proceed();
    },
    NEW_PIN(card, digits) {
      card.pin = digits;
      card.transportPin = undefined;
      over(true);
    },
  };

  function take(secret: Secret, digits: string): void {
    const { form, error } = FORMS[secret];
    if (!form.test(digits)) ask(secret, error);
    else if (!reader.card) proceed();
    else checks[secret](reader.card, digits);
  }

  return {
    run() {
      if (state !== 'idle') return say({ msg: 'BAD_STATE', error: 'RUN_CHANGE_PIN' });
      say({ msg: 'CHANGE_PIN' });
      // The real app, asked before its simulator has been announced a second time, claims success.
      if (reader.name === 'Simulator' && !reader.insertable && !reader.card) return over(true);
      proceed();
    },
    cancel() {
      if (state === 'idle') say({ msg: 'BAD_STATE', error: 'CANCEL' });
      else over(false);
    },
    set(secret, value) {
      if (state !== secret || onPad) return say({ msg: 'BAD_STATE', error: `SET_${secret}` });
      if (reader.keypad) {
        if (value !== undefined) return ask(secret, 'Value cannot be defined');
        onPad = secret;
        return;
      }
      take(secret, typeof value === 'string' ? value : '');
    },
    type(digits) {
      const secret = onPad;
      onPad = undefined;
      if (secret) take(secret, digits);
    },
    cardChanged() {
      // A card taken away does not end the workflow, and a card put back in the middle of it does not ask again.
      publish();
      if (state === 'insert' && reader.card && !reader.card.deactivated) proceed();
    },
    drop() {
      state = 'idle';
      canGiven = false;
      onPad = undefined;
    },
  };
}
