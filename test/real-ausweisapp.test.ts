/**
 * The AusweisApp itself, where Debian's package `ausweisapp2` is installed: the stand-in says what it says, message by
 * message, and a terminal without a reader is noticed although the app always lists a simulated one.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLog } from '#log';
import { startAusweisApp } from '#sandbox/ausweisapp';
import { startDeviceServer } from '#terminal';
import { eventually } from '#test/eventually';
import { createClock } from '#time';

const PROGRAM = '/usr/bin/AusweisApp2';
/** Longer than the terminal waits for a reader. */
const A_WHILE_MS = 10_000;

function isInstalled(): boolean {
  try {
    accessSync(PROGRAM, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Told = Record<string, unknown>;
/** What is sent, and the message that its effect ends with, where it has one. */
type Line = readonly [text: string, ends?: string];

const command = (cmd: string, fields: Told = {}): string => JSON.stringify({ cmd, ...fields });
const SCRIPT: readonly Line[] = [
  [command('SET_API_LEVEL')],
  [command('SET_API_LEVEL', { level: 9 })],
  [command('SET_API_LEVEL', { level: 1.5 })],
  [command('SET_API_LEVEL', { level: 'x' })],
  [command('SET_API_LEVEL', { level: null })],
  [command('SET_API_LEVEL', { level: 2, request: 'one' })],
  [command('GET_API_LEVEL')],
  [command('GET_INFO')],
  [command('GET_READER')],
  [command('GET_READER', { name: 'nobody' })],
  [command('GET_READER', { name: 'Simulator', request: { of: 'ours' } })],
  [command('GET_READER_LIST', { request: 2 })],
  [command('GET_STATUS')],
  ['not json'],
  ['5'],
  ['[]'],
  ['{}'],
  ['{"cmd":5}'],
  [command('EAT', { request: null })],
  [command('CANCEL', { request: 'none' })],
  [command('SET_PIN', { value: '123456' })],
  [command('SET_CARD', { name: 'Simulator' })],
  [command('RUN_CHANGE_PIN', { request: 'run' }), 'INSERT_CARD'],
  [command('RUN_CHANGE_PIN')],
  [command('GET_STATUS')],
  [command('SET_CARD', { request: 'which' })],
  [command('SET_CARD', { name: 'nobody' })],
  [command('SET_CARD', { name: 'Simulator', request: 'this' }), 'ENTER_PIN'],
  [command('GET_STATUS')],
  [command('SET_CAN', { request: 'early' })],
  [command('SET_PIN', { value: '123456', request: 'with' })],
  [command('SET_PIN'), 'ENTER_NEW_PIN'],
  [command('SET_NEW_PIN'), 'CHANGE_PIN'],
  [command('RUN_CHANGE_PIN'), 'INSERT_CARD'],
  [command('SET_CARD', { name: 'Simulator' }), 'ENTER_PIN'],
  [command('CANCEL', { request: 'stop' }), 'CHANGE_PIN'],
  [command('RUN_CHANGE_PIN'), 'INSERT_CARD'],
  [command('CANCEL'), 'CHANGE_PIN'],
];

/** What the app says of itself differs, and the stand-in says that it is one. */
function comparable(message: Told): Told {
  if (message.msg !== 'INFO') return message;
  return { ...message, VersionInfo: Object.keys(message.VersionInfo ?? {}).sort() };
}

/** The real app tells of a reader and of the end of its work in either order. */
const inAnyOrder = (one: Told, other: Told): number => String(one.msg).localeCompare(String(other.msg));

type Said = readonly (readonly [string, Told[]])[];

/** Says the script line by line. @returns what was answered to each, the greeting first */
async function converse(url: string): Promise<Said> {
  const socket = new WebSocket(url);
  try {
    return await say(socket);
  } finally {
    // It speaks with one at a time.
    socket.close();
  }
}

/** A real app that has much to do sometimes ends a change of the PIN at once, without a word of the card: then it is asked anew. */
async function converseAtLast(url: string, tries = 3): Promise<Said> {
  return converse(url).catch((error: unknown) => {
    if (tries === 1) throw error;
    return converseAtLast(url, tries - 1);
  });
}

async function say(socket: WebSocket): Promise<Said> {
  const heard: Told[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    assert.ok(typeof message === 'object' && message !== null);
    heard.push(comparable({ ...message }));
  });
  const until = (what: string, is: (message: Told) => boolean): Promise<void> =>
    eventually(what, async () => heard.some(is));
  await until('its simulator is ready', ({ msg, insertable }) => msg === 'READER' && insertable === true);
  const all: [string, Told[]][] = [['', heard.splice(0)]];
  for (const [at, [text, ends]] of SCRIPT.entries()) {
    socket.send(text);
    if (ends !== undefined) {
      await until(
        ends,
        ({ msg, success }) => msg === ends && (msg !== 'CHANGE_PIN' || success !== undefined),
      );
    }
    // Its answer tells that there is nothing more to come.
    const fence = `fence ${at}`;
    socket.send(command('GET_STATUS', { request: fence }));
    await until(fence, ({ request }) => request === fence);
    const answers = heard.splice(0).filter(({ request }) => request !== fence);
    all.push([text, answers.sort(inAnyOrder)]);
  }
  return all;
}

describe('the real AusweisApp', {
  skip: isInstalled() ? false : 'the package ausweisapp2 is not installed',
}, () => {
  let folder: string;
  let app: ChildProcess;
  let ended: Promise<unknown>;
  let origin: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'amtomat-ausweisapp-'));
    app = spawn(PROGRAM, ['--ui', 'websocket', '--ui', 'webservice', '--port', '0', '--no-proxy'], {
      stdio: 'ignore',
      env: {
        ...{ QT_QPA_PLATFORM: 'offscreen', HOME: folder, XDG_RUNTIME_DIR: folder, TMPDIR: folder },
        // Whatever is plugged in here is none of this test's business.
        PCSCLITE_CSOCK_NAME: join(folder, 'no-pcscd'),
      },
    });
    ended = once(app, 'exit');
    await eventually('the app listens', async () => {
      const port = await readFile(join(folder, `AusweisApp2.${app.pid}.port`), 'utf8').catch(() => '');
      origin = `127.0.0.1:${port.trim()}`;
      return port.trim() !== '';
    });
  });
  after(async () => {
    app.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  it('says what its stand-in says', async (t) => {
    const standIn = await startAusweisApp({ port: 0, noReader: true });
    t.after(() => standIn.stop());
    const [real, ours] = [await converseAtLast(`ws://${origin}/eID-Kernel`), await converse(standIn.url)];
    assert.equal(real.length, SCRIPT.length + 1);
    assert.deepEqual(ours, real);
  });

  it('always lists a reader: a terminal without one says so all the same', async (t) => {
    let offset = 0;
    const clock = createClock(0, () => Date.now() + offset);
    const device = await startDeviceServer({
      ...{ port: 0, host: '127.0.0.1', officeOrigin: 'https://buergerbuero.example' },
      ...{ ausweisapp: `ws://${origin}/eID-Kernel`, clock, log: createLog('silent', clock) },
      ...{ accent: '#a3122a', city: 'Karlsruhe', phone: '115', key: Buffer.alloc(32) },
    });
    t.after(() => device.stop());
    const query =
      'mode=own&language=de&return=/service/online-ausweis/pin/return&state=nonce-of-the-office-1';
    const { url } = await fetch(`${device.origin}/eid?${query}`);
    const shown = async (): Promise<string | undefined> =>
      /data-page="(\w+)"/.exec(await (await fetch(url)).text())?.[1];
    assert.equal(await shown(), 'starting');
    await eventually('noticed', async () => {
      offset += A_WHILE_MS / 5;
      return (await shown()) === 'noReader';
    });
  });
});
