/**
 * The messages of the AusweisApp SDK that setting a PIN needs (API level 2). What the app sends is taken apart and
 * checked; the texts in it are never shown or kept.
 */
import { z } from 'zod';

/** The app's own reader for trying things out: always there, and never one that a citizen's card can lie on. */
export const SIMULATOR = 'Simulator';

/** Longer than any message of the app; more is not read. */
const LONGEST = 16_384;

const cardShape = z.object({
  /** The online function is switched off. */
  deactivated: z.boolean().optional(),
  /** The PUK has been used up. Only known once the right PUK was entered. */
  inoperative: z.boolean().optional(),
  /** Tries left for the PIN. */
  retryCounter: z.int().min(0).max(3).optional(),
});

const readerShape = z.object({
  name: z.string().max(200),
  attached: z.boolean(),
  /** Whether PINs are typed on the reader itself. */
  keypad: z.boolean().optional(),
  /** Whether the app's own simulator is ready. */
  insertable: z.boolean().optional(),
  card: cardShape.nullish(),
});

const asking = { error: z.string().optional(), reader: readerShape.optional() };

const messageShape = z.discriminatedUnion('msg', [
  z.object({ msg: z.literal('READER'), ...readerShape.shape }),
  z.object({ msg: z.literal('READER_LIST'), readers: z.array(readerShape).max(32) }),
  z.object({ msg: z.literal('API_LEVEL'), error: z.string().optional() }),
  z.object({ msg: z.literal('CHANGE_PIN'), success: z.boolean().optional() }),
  z.object({ msg: z.literal('INSERT_CARD') }),
  z.object({ msg: z.literal('ENTER_PIN'), ...asking }),
  z.object({ msg: z.literal('ENTER_CAN'), ...asking }),
  z.object({ msg: z.literal('ENTER_PUK'), ...asking }),
  z.object({ msg: z.literal('ENTER_NEW_PIN'), ...asking }),
  z.object({
    msg: z.literal('BAD_STATE'),
    /** The command that came at the wrong time. */
    error: z.string().optional(),
  }),
  z.object({ msg: z.literal('INVALID') }),
  z.object({ msg: z.literal('INTERNAL_ERROR') }),
  z.object({ msg: z.literal('UNKNOWN_COMMAND') }),
]);

export type Reader = z.infer<typeof readerShape>;
export type SdkMessage = z.infer<typeof messageShape>;

/** What is sent to the app. A reader with a keypad gets no `value`: the digits are typed on it. */
export type Command =
  | { cmd: 'GET_READER_LIST' | 'RUN_CHANGE_PIN' | 'CANCEL' }
  | { cmd: 'SET_API_LEVEL'; level: 2 }
  | { cmd: 'SET_PIN' | 'SET_CAN' | 'SET_PUK' | 'SET_NEW_PIN'; value?: string };

/**
 * @param data what the web socket gave
 * @returns the message, or undefined when it is none that matters here, not well formed, or too long
 */
export function parseMessage(data: unknown): SdkMessage | undefined {
  if (typeof data !== 'string' || data.length > LONGEST) return undefined;
  try {
    return messageShape.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
