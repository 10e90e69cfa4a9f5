/**
 * A stand-in for the AusweisApp on a terminal: its SDK over a web socket (API level 2), as far as setting a PIN needs
 * it, with a virtual card in a virtual reader. No cryptography; it behaves as AusweisApp 1.26.2 was seen to behave.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { VirtualCard } from './card.ts';
import { createAnswers, readCommand, VERSION } from './commands.ts';
import { createWorkflow, type Message, type Readers, readerFacts } from './workflow.ts';

export { CARD_NAMES, type CardName, type VirtualCard, virtualCard } from './card.ts';

export interface AusweisAppOptions {
  /** 0 = any free port. */
  port: number;
  /** PINs are typed on the reader: see `type`. */
  keypad?: boolean;
  /** No reader is plugged in. */
  noReader?: boolean;
  /** So long after a client has come the reader that is plugged in is found; as long as with the real app when left out. */
  readerMs?: number;
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

/** Between the simulator's two announcements. */
const ANNOUNCE_MS = 20;
/** From the socket's opening to the first word about a reader that is plugged in. */
const READER_MS = 1_100;

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Browsers ask here whether the app is running. */
function answerHttp(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const status = pathname === '/eID-Client' ? searchParams.get('Status') : null;
  if (status === null) return void response.writeHead(404).end();
  const isJson = status === 'json';
  const lines = Object.entries(VERSION).map(([name, value]) => `${name}: ${value}`);
  response
    .writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Content-Type': `${isJson ? 'application/json' : 'text/plain'}; charset=utf-8`,
    })
    .end(isJson ? JSON.stringify(VERSION) : lines.join('\n'));
}

/**
 * Starts the app.
 * @returns its address, its reader, and a log of message names
 * @throws the listening error when the port is taken
 */
export async function startAusweisApp(options: AusweisAppOptions): Promise<RunningAusweisApp> {
  const { readerMs = READER_MS } = options;
  const common = { insertable: false, card: undefined };
  const readers: Readers = {
    simulator: { ...common, name: 'Simulator', attached: true, keypad: true },
    real: {
      ...common,
      ...{ name: 'Virtual PCD 00 00', attached: !options.noReader, keypad: options.keypad ?? false },
    },
  };
  const { simulator, real } = readers;
  const log: string[] = [];
  let client: WebSocket | undefined;
  /** The client has been told of the reader that is plugged in. */
  let isFound = false;
  let timers: NodeJS.Timeout[] = [];
  const say = (message: Message): void => {
    if (!client) return;
    log.push(`< ${message.msg}`);
    client.send(JSON.stringify(message));
  };
  const workflow = createWorkflow(readers, say, () => isFound && real.attached);
  const answers = createAnswers(() => (isFound && real.attached ? [simulator, real] : [simulator]), workflow);

  function take(data: RawData): void {
    const command = readCommand(data);
    if (!('cmd' in command)) {
      say({ msg: 'INVALID', error: command.invalid });
      return;
    }
    const reply = (message: Message): void =>
      say('request' in command ? { ...message, request: command.request } : message);
    const answer = answers.get(command.cmd);
    log.push(answer ? `> ${command.cmd}` : '> unknown');
    if (answer) answer(command, reply);
    else reply({ msg: 'UNKNOWN_COMMAND', error: command.cmd });
  }

  function greet(): void {
    const announceSimulator = (): void => say({ msg: 'READER', ...readerFacts(simulator) });
    announceSimulator();
    timers = [
      setTimeout(() => {
        simulator.insertable = true;
        announceSimulator();
      }, ANNOUNCE_MS),
      setTimeout(() => {
        isFound = true;
        if (real.attached) workflow.cardChanged();
      }, readerMs),
    ];
  }

  function leave(): void {
    for (const timer of timers) clearTimeout(timer);
    client = undefined;
    isFound = false;
    simulator.insertable = false;
    workflow.drop();
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  const server = createServer(answerHttp);
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/eID-Kernel') return refuse(socket, '404 Not Found');
    if (client) return refuse(socket, '429 Too Many Requests');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      client = opened;
      opened.on('message', take);
      opened.on('error', () => opened.terminate());
      opened.on('close', leave);
      greet();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const changed = (): void => {
    if (isFound && real.attached) workflow.cardChanged();
  };
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/eID-Kernel`,
    get card() {
      return real.card;
    },
    insert(card) {
      real.card = card;
      changed();
    },
    remove() {
      real.card = undefined;
      changed();
    },
    attach(attached) {
      real.attached = attached;
      if (attached) changed();
      else if (isFound) say({ msg: 'READER', name: real.name, attached: false });
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
