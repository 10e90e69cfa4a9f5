/**
 * A stand-in for the AusweisApp on a terminal: its SDK over a web socket (API level 2), as far as setting a PIN needs
 * it, with a virtual card in a virtual reader. No cryptography; it behaves as the real app was seen to behave.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { VirtualCard } from './card.ts';
import { createWorkflow, type Message, type ReaderState, readerFacts, type Workflow } from './workflow.ts';

export { CARD_NAMES, type CardName, type VirtualCard, virtualCard } from './card.ts';

export interface AusweisAppOptions {
  /** 0 = any free port. */
  port: number;
  /** PINs are typed on the reader: see `type`. */
  keypad?: boolean;
  /** No reader is plugged in. */
  noReader?: boolean;
  /** The app's own simulated reader instead of one that is plugged in: it is announced twice. */
  simulator?: boolean;
}

export interface RunningAusweisApp {
  /** `ws://127.0.0.1:<port>/eID-Kernel` */
  url: string;
  /** The card in the reader, with its present state. */
  readonly card: VirtualCard | undefined;
  /** Puts a card into the reader, in place of the one that may be there. */
  insert(card: VirtualCard): void;
  remove(): void;
  /** Plugs the reader in, or pulls it out. */
  attach(attached: boolean): void;
  /** Types digits on the reader's own keypad. */
  type(digits: string): void;
  /** Names of what was received (`>`) and sent (`<`), in order. Never values. */
  log: readonly string[];
  /** Breaks every connection and does not listen any more. */
  stop(): Promise<void>;
}

const LEVELS = [1, 2];
/** Between the simulator's two announcements. */
const ANNOUNCE_MS = 20;
const SECRETS = { SET_PIN: 'PIN', SET_CAN: 'CAN', SET_PUK: 'PUK', SET_NEW_PIN: 'NEW_PIN' } as const;
const VERSION = {
  Name: 'AusweisApp2',
  'Implementation-Title': 'AusweisApp2',
  'Implementation-Vendor': 'Stand-in',
  'Implementation-Version': '1.26.2',
  'Specification-Title': 'TR-03124-1',
  'Specification-Vendor': 'Federal Office for Information Security',
  'Specification-Version': '1.3',
};

function isSecret(cmd: string): cmd is keyof typeof SECRETS {
  return Object.hasOwn(SECRETS, cmd);
}

/** @returns the command's fields, or undefined when it is no JSON object with a `cmd` */
function readCommand(data: RawData): { cmd: string; [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    if (typeof value !== 'object' || value === null) return undefined;
    const fields: Record<string, unknown> = { ...value };
    return typeof fields.cmd === 'string' ? { ...fields, cmd: fields.cmd } : undefined;
  } catch {
    return undefined;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What the app answers to commands that begin or belong to no workflow. */
function answersOf(reader: ReaderState, workflow: Workflow, say: (message: Message) => void) {
  return {
    GET_INFO: () => say({ msg: 'INFO', VersionInfo: VERSION }),
    GET_API_LEVEL: () => say({ msg: 'API_LEVEL', available: LEVELS, current: 2 }),
    SET_API_LEVEL: ({ level }: Record<string, unknown>) =>
      say({
        msg: 'API_LEVEL',
        ...(LEVELS.some((one) => one === level) ? {} : { error: 'Unsupported level' }),
        available: LEVELS,
        current: 2,
      }),
    GET_READER: () => say({ msg: 'READER', ...readerFacts(reader) }),
    GET_READER_LIST: () => say({ msg: 'READER_LIST', readers: reader.attached ? [readerFacts(reader)] : [] }),
    RUN_CHANGE_PIN: () => workflow.run(),
    CANCEL: () => workflow.cancel(),
  } satisfies Record<string, (fields: Record<string, unknown>) => void>;
}

/**
 * Starts the app.
 * @returns its address, its reader, and a log of message names
 * @throws the listening error when the port is taken
 */
export async function startAusweisApp(options: AusweisAppOptions): Promise<RunningAusweisApp> {
  const reader: ReaderState = {
    name: options.simulator ? 'Simulator' : 'Virtual PCD 00 00',
    attached: !options.noReader,
    keypad: options.keypad ?? false,
    insertable: false,
    card: undefined,
  };
  const log: string[] = [];
  let client: WebSocket | undefined;
  const say = (message: Message): void => {
    if (!client) return;
    log.push(`< ${message.msg}`);
    client.send(JSON.stringify(message));
  };
  const workflow = createWorkflow(reader, say);
  const answers: Record<string, (fields: Record<string, unknown>) => void> = answersOf(reader, workflow, say);

  function take(data: RawData): void {
    const command = readCommand(data);
    if (!command) {
      say({ msg: 'INVALID', error: 'illegal value' });
      return;
    }
    const { cmd } = command;
    const answer = Object.hasOwn(answers, cmd) ? answers[cmd] : undefined;
    log.push(answer || isSecret(cmd) ? `> ${cmd}` : '> unknown');
    if (isSecret(cmd)) workflow.set(SECRETS[cmd], command.value);
    else if (answer) answer(command);
    else say({ msg: 'UNKNOWN_COMMAND', error: cmd });
  }

  function announce(): void {
    say({ msg: 'READER', ...readerFacts(reader) });
    if (!options.simulator) return;
    setTimeout(() => {
      reader.insertable = true;
      say({ msg: 'READER', ...readerFacts(reader) });
    }, ANNOUNCE_MS);
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/eID-Kernel') return refuse(socket, '404 Not Found');
    if (client) return refuse(socket, '429 Too Many Requests');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      client = opened;
      opened.on('message', take);
      opened.on('error', () => opened.terminate());
      opened.on('close', () => {
        client = undefined;
        reader.insertable = false;
        workflow.drop();
      });
      if (reader.attached) announce();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/eID-Kernel`,
    get card() {
      return reader.card;
    },
    insert(card) {
      reader.card = card;
      workflow.cardChanged();
    },
    remove() {
      reader.card = undefined;
      workflow.cardChanged();
    },
    attach(attached) {
      reader.attached = attached;
      if (attached) announce();
      else say({ msg: 'READER', name: reader.name, attached: false });
    },
    type: (digits) => workflow.type(digits),
    log,
    stop: () =>
      new Promise((resolve) => {
        client?.terminate();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
