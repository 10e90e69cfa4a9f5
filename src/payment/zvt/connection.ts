import { connect, type Socket } from 'node:net';
import { CardTerminalAwayError, CardTerminalRefusedError } from '../card-terminal.ts';
import { encodeFields, TLV_FIELD } from './bmp.ts';
import { toBcd } from './bytes.ts';
import { COMMAND } from './commands.ts';
import type { Apdu } from './frames.ts';
import { type Command, createLink, type Ending, type Link, LinkLostError } from './link.ts';
import type { ZvtOptions, ZvtTimes } from './options.ts';
import { EURO } from './status.ts';
import { encodeTlv } from './tlv.ts';

/**
 * Unattended: the register prints receipts and reports, gets intermediate status, and alone starts payments and
 * administration; receipts come as text blocks.
 */
const UNATTENDED = 0xbe;
const PERMITTED_COMMANDS = 0x26;
const ONE_COMMAND = 0x0a;

/** A connection to one terminal, opened and registered when it is needed, and again after it was lost. */
export interface Connection {
  /** @throws CardTerminalAwayError, CardTerminalRefusedError when the terminal refuses the registration */
  open(): Promise<Link>;
  /** Runs a command that does no harm when it is run twice, once more when the connection turns out to be gone. */
  ask(command: Command): Promise<Ending>;
  close(): void;
}

export function passwordOf({ password }: ZvtOptions): Uint8Array {
  if (!/^\d{6}$/.test(password)) throw new RangeError('the password of a card terminal has six digits');
  return Buffer.from(password, 'hex');
}

function registration(options: ZvtOptions): Apdu {
  const printBlock = Uint8Array.of(COMMAND.printBlock >> 8, COMMAND.printBlock & 0xff);
  const permitted = encodeTlv(PERMITTED_COMMANDS, encodeTlv(ONE_COMMAND, printBlock));
  return {
    command: COMMAND.registration,
    data: Buffer.concat([
      passwordOf(options),
      Uint8Array.of(UNATTENDED),
      toBcd(EURO, 2),
      encodeFields([[TLV_FIELD, permitted]]),
    ]),
  };
}

function dial(host: string, port: number, withinMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => socket.destroy(new LinkLostError(true)), withinMs);
    const fail = (): void => {
      clearTimeout(timer);
      reject(new LinkLostError(false));
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

export function createConnection(options: ZvtOptions, times: ZvtTimes): Connection {
  const register = registration(options);
  let link: Link | undefined;
  let closed = false;

  async function open(): Promise<Link> {
    if (closed) throw new CardTerminalAwayError('closed');
    if (link?.alive()) return link;
    const fresh = createLink(await dial(options.host, options.port, times.connectMs), times);
    const ending = await fresh.run({ send: register, answer: () => 0 });
    if (ending.end !== 'completed') {
      fresh.close();
      throw new CardTerminalRefusedError(ending.code);
    }
    if (closed) fresh.close();
    link = fresh;
    return fresh;
  }

  return {
    open,
    ask: async (command) => {
      try {
        return await (await open()).run(command);
      } catch (error) {
        if (!(error instanceof LinkLostError)) throw error;
        return (await open()).run(command);
      }
    },
    close: () => {
      closed = true;
      link?.close();
    },
  };
}
