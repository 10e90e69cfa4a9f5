/** A terminal with its device server and the stand-in for the AusweisApp, and a person in front of it without script. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Language } from '#language';
import { createLog } from '#log';
import { type AusweisAppOptions, type RunningAusweisApp, startAusweisApp } from '#sandbox/ausweisapp';
import { outcomeWord } from '#seal';
import { createClock } from '#time';
import { type DeviceServer, startDeviceServer } from './server.ts';

export const OFFICE = 'https://buergerbuero.example';
export const NONCE = 'nonce-of-the-office-1234';
/** What this terminal signs its word with. */
const KEY = Buffer.alloc(32, 7);
const RETURN = '/service/online-ausweis/pin-return';

/** Where this terminal leads back to when a step has ended so. */
export function wayBack(outcome: string): string {
  const word = outcomeWord(KEY, NONCE, outcome);
  return `${OFFICE}${RETURN}?state=${NONCE}&outcome=${outcome}&word=${word}`;
}

export interface Terminal {
  app: RunningAusweisApp;
  device: DeviceServer;
  /** Moves the terminal's clock. */
  pass(ms: number): void;
  /** Everything logged so far. */
  logged(): string;
  close(): Promise<void>;
}

export async function openTerminal(
  options: Partial<AusweisAppOptions> & { ausweisapp?: string; officeOrigin?: string } = {},
): Promise<Terminal> {
  const app = await startAusweisApp({ port: 0, readerMs: 30, ...options });
  let offset = 0;
  let lines = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  const clock = createClock(0, () => Date.now() + offset);
  const device = await startDeviceServer({
    port: 0,
    host: '127.0.0.1',
    officeOrigin: options.officeOrigin ?? OFFICE,
    ausweisapp: options.ausweisapp ?? app.url,
    clock,
    key: KEY,
    log: createLog('trace', clock, sink),
    accent: '#a3122a',
    city: 'Karlsruhe',
    phone: '115',
    place: 'Rathaus am Marktplatz',
  });
  return {
    app,
    device,
    pass(ms) {
      offset += ms;
    },
    logged: () => lines,
    async close() {
      await device.stop();
      await app.stop();
    },
  };
}

export interface Shown {
  status: number;
  /** Id of the screen, `data-page`. */
  screen: string | undefined;
  html: string;
  /** Where a redirect leads that this person did not follow. */
  location: string | undefined;
}

/** Somebody who fills in forms and waits, as a browser without script does. */
export interface Person {
  readonly shown: Shown;
  /** Everything that went over the wire: addresses, headers, bodies of answers. */
  readonly wire: string[];
  /** Looks at the present page again. */
  look(): Promise<Shown>;
  /** Waits until that screen is there. */
  until(screen: string): Promise<void>;
  enter(value: string, again?: string): Promise<Shown>;
  press(action: string): Promise<Shown>;
  /** Sends a form to an address below the session's own. */
  post(below: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
  get(below: string): Promise<Shown>;
  /** The session's own address. */
  path: string;
}

export function entry(more: Record<string, string | undefined> = {}): string {
  const query = { mode: 'own', language: 'de', return: RETURN, state: NONCE, ...more };
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return `/eid?${new URLSearchParams(Object.fromEntries(given))}`;
}

function shownOf(status: number, html: string, location: string | null): Shown {
  return { status, html, screen: /data-page="(\w+)"/.exec(html)?.[1], location: location ?? undefined };
}

/** @param more settings of the entry beside those of the fixture */
export async function arrive(
  device: DeviceServer,
  more: { mode?: 'transport' | 'own'; language?: Language } = {},
): Promise<Person> {
  const wire: string[] = [];
  let shown: Shown;
  async function send(path: string, init: RequestInit = {}): Promise<Shown> {
    const answer = await fetch(new URL(path, device.origin), { ...init, redirect: 'manual' });
    const html = await answer.text();
    wire.push(path, JSON.stringify([...answer.headers]), html);
    return shownOf(answer.status, html, answer.headers.get('location'));
  }
  const first = await send(entry(more));
  assert.equal(first.status, 303);
  const path = first.location ?? '';
  assert.match(path, /^\/eid\/[\w-]{43}$/);

  const look = async (): Promise<Shown> => {
    shown = await send(path);
    return shown;
  };
  const turn = (): string => /name="turn" value="(\d+)"/.exec(shown.html)?.[1] ?? '';
  const post = async (below: string, fields: Record<string, string>, headers = {}): Promise<Shown> => {
    const body = new URLSearchParams(fields);
    const answer = await send(path + below, { method: 'POST', body, headers });
    if (answer.location !== path) {
      shown = answer;
      return answer;
    }
    return look();
  };
  shown = await look();
  return {
    get shown() {
      return shown;
    },
    wire,
    path,
    look,
    async until(screen) {
      for (let tries = 0; shown.screen !== screen; tries += 1) {
        assert.ok(tries < 20, `waited for "${screen}", saw "${shown.screen}"`);
        const news = await fetch(new URL(`${path}/news?turn=${turn()}`, device.origin));
        assert.equal(news.status, 200, `nothing leads from "${shown.screen}" to "${screen}"`);
        await news.text();
        await look();
      }
    },
    enter: (value, again = value) => post('', { turn: turn(), _action: 'next', value, again }),
    press: (action) => post('', { turn: turn(), _action: action }),
    post,
    get: async (below) => {
      shown = await send(path + below);
      return shown;
    },
  };
}

/** An app that answers as a test wants it to. */
export interface OddApp {
  url: string;
  close(): void;
}

/** @param meet gets every connection */
export async function openOddApp(meet: (socket: WebSocket) => void): Promise<OddApp> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  sockets.on('connection', meet);
  await new Promise((resolve) => sockets.once('listening', resolve));
  const address = sockets.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `ws://127.0.0.1:${address.port}/eID-Kernel`,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
