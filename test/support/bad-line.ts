/** A way to somebody outside that fails as networks and machines in between do: over TCP, so that nobody needs to know of it. */
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** What a line does with one request: before it arrives, or with its answer after it was done. */
export const FAULTS = {
  /** The connection breaks before the request is there. */
  cut: { arrives: false },
  /** The same, by a reset. */
  reset: { arrives: false },
  /** The request is taken and goes nowhere. */
  'black hole': { arrives: false },
  /** Something in between is down. */
  'bad gateway': { arrives: false },
  /** What was asked is done, and the connection breaks in the middle of the answer. */
  'half an answer': { arrives: true },
  /** It is done, and nobody hears of it. */
  'no answer': { arrives: true },
  /** It is done, and something in between says that it is down. */
  'bad gateway after all': { arrives: true },
  /** It is done, and the answer says 200 with half of what it should hold. */
  'half of the JSON': { arrives: true },
  /** It is done, and what comes back is no HTTP. */
  garbage: { arrives: true },
  /** It is done, and the answer comes byte by byte. */
  drip: { arrives: true },
  /** It is done, and the answer does not end. */
  flood: { arrives: true },
  /** It is done, and the head of the answer does not end. */
  'endless head': { arrives: true },
} as const;
export type Fault = keyof typeof FAULTS;

export interface Line {
  /** Where to knock instead of at the real place. */
  origin: string;
  /** Connections that are open now, and the most that ever were. */
  open(): number;
  most(): number;
  /** The first request whose first line looks so meets this fault. */
  trouble(fault: Fault, at?: RegExp): void;
  /** @returns whether the fault has been met */
  met(): boolean;
  /** Takes what comes, and passes nothing on. */
  hold(): void;
  /** Nothing more happens to anybody; what was held is passed on. */
  mend(): void;
  stop(): Promise<void>;
}

const PAGE = '<!doctype html><title>Bad Gateway</title><h1>502</h1>';
const GATEWAY = `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: ${PAGE.length}\r\nconnection: close\r\n\r\n${PAGE}`;
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const DRIP_MS = 5;
/** So many drips are more than anybody waits for; then the answer is whole after all. */
const DRIPS = 1_000;
const FLOOD = Buffer.alloc(64 * 1_024, 0x20);

/** Sends the same again and again, as long as the other side takes it. */
function pour(socket: Socket, chunk: Buffer | string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

function drip(socket: Socket, answer: Buffer): void {
  let sent = 0;
  socket.write(`${HEAD}content-length: ${DRIPS + answer.length}\r\n\r\n`);
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    sent += 1;
    socket.write(sent <= DRIPS ? ' ' : answer);
    if (sent > DRIPS) clearInterval(timer);
  }, DRIP_MS);
}

/** @returns an answer's body, without the sizes of its chunks */
function bodyOf(answer: Buffer): Buffer {
  const end = answer.indexOf('\r\n\r\n');
  let rest = answer.subarray(end + 4);
  if (!/transfer-encoding: chunked/i.test(answer.toString('latin1', 0, end))) return rest;
  const parts: Buffer[] = [];
  for (;;) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.toString('latin1', 0, Math.max(0, line)), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(rest.subarray(line + 2, line + 2 + size));
    rest = rest.subarray(line + 4 + size);
  }
}

const withBody = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${HEAD}content-length: ${body.length}\r\n\r\n`), body]);

/** What reaches the asker instead of the answer. */
function spoil(fault: Fault, socket: Socket, answer: Buffer): void {
  const body = bodyOf(answer);
  switch (fault) {
    case 'half an answer':
      socket.end(answer.subarray(0, answer.length / 2));
      break;
    case 'bad gateway after all':
      socket.end(GATEWAY);
      break;
    case 'half of the JSON':
      socket.write(withBody(body.subarray(0, body.length / 2)));
      break;
    case 'garbage':
      socket.end(Buffer.from('\u0000\u0001SSH-2.0-OpenSSH\r\n\r\n{}'));
      break;
    case 'drip':
      drip(socket, body);
      break;
    case 'flood':
      socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
      pour(socket, Buffer.concat([Buffer.from('10000\r\n'), FLOOD, Buffer.from('\r\n')]));
      break;
    case 'endless head':
      socket.write(HEAD);
      pour(socket, `x-more: ${'a'.repeat(1_000)}\r\n`);
      break;
    default:
  }
}

/** What happens to a request that does not arrive. */
function lose(fault: Fault, socket: Socket): void {
  if (fault === 'cut') socket.destroy();
  if (fault === 'reset') socket.resetAndDestroy();
  if (fault === 'bad gateway') socket.end(GATEWAY);
}

/** @param target where the line leads to, `http://127.0.0.1:<port>` */
export async function lineTo(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let waiting: { fault: Fault; at: RegExp } | undefined;
  let held = false;
  let open = 0;
  let most = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };

  const server = createServer((from) => {
    keep(from);
    open += 1;
    most = Math.max(most, open);
    from.on('close', () => {
      open -= 1;
    });
    const to = connect({ host: hostname, port: Number(port) });
    keep(to);
    to.on('close', () => from.destroy());
    from.on('close', () => to.destroy());
    let fault: Fault | undefined;
    const answer: Buffer[] = [];

    from.on('data', (chunk) => {
      const line = /^(?:GET|POST|PUT) [^\r\n]*/.exec(chunk.toString('latin1', 0, 2_000))?.[0];
      if (line !== undefined) {
        fault = undefined;
        answer.length = 0;
      }
      if (line !== undefined && waiting?.at.test(line)) {
        ({ fault } = waiting);
        waiting = undefined;
        if (!FAULTS[fault].arrives) lose(fault, from);
      }
      if (fault === undefined || FAULTS[fault].arrives) to.write(chunk);
    });
    to.on('data', (chunk) => {
      if (fault === undefined) {
        from.write(chunk);
        return;
      }
      answer.push(chunk);
      // The stand-ins' answers are small: head and body come at once, or nearly so.
      if (answer.length === 1) setImmediate(() => fault && spoil(fault, from, Buffer.concat(answer)));
    });
    if (held) for (const socket of [from, to]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => open,
    most: () => most,
    trouble(fault, at = /./) {
      waiting = { fault, at };
    },
    met: () => waiting === undefined,
    hold() {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      waiting = undefined;
      held = false;
      for (const socket of sockets) socket.resume();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
