import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WebSocket } from 'ws';
import { type RunningAusweisApp, startAusweisApp, virtualCard } from '#sandbox/ausweisapp';
import { eventually } from '#test/eventually';
import { openOddApp } from '../terminal.fixture.ts';
import { parseMessage, type SdkMessage } from './messages.ts';
import { createSdk } from './sdk.ts';

/** Whether the app has named the reader that is plugged in. */
const namesReader = (heard: readonly SdkMessage[]): boolean =>
  heard.some((message) => message.msg === 'READER' && message.name === 'Virtual PCD 00 00');
const nobody = { onMessage: () => undefined, onLost: () => undefined };

describe('the line to the AusweisApp', () => {
  let app: RunningAusweisApp;
  before(async () => {
    app = await startAusweisApp({ port: 0, readerMs: 100 });
  });
  after(() => app.stop());

  it('knows the readers when it is ready, hears what comes, and is free again when it is closed', async () => {
    const sdk = createSdk(app.url);
    const heard: SdkMessage[] = [];
    const line = await sdk.connect({ ...nobody, onMessage: (message) => heard.push(message) });
    const [simulator, ...others] = line.readers.map(({ name, card }) => [name, card]);
    assert.deepEqual(simulator, ['Simulator', null]);
    // Readers come a while after the app; on a slow machine that may be before it is ready.
    await eventually('the reader that is plugged in', async () => others.length > 0 || namesReader(heard));
    line.send({ cmd: 'RUN_CHANGE_PIN' });
    await eventually('asked for a card', async () => heard.at(-1)?.msg === 'INSERT_CARD');
    app.insert(virtualCard('own'));
    await eventually('asked for the PIN', async () => heard.at(-1)?.msg === 'ENTER_PIN');
    await line.close();
    await (await sdk.connect(nobody)).close();
  });

  it('is one at a time, here and at the app', async () => {
    const sdk = createSdk(app.url);
    const line = await sdk.connect(nobody);
    await assert.rejects(sdk.connect(nobody), /in use/);
    await assert.rejects(createSdk(app.url).connect(nobody), /hung up/);
    await line.close();
    await (await createSdk(app.url).connect(nobody)).close();
  });

  it('says when the app has gone, but not when it was hung up here', async () => {
    const own = await startAusweisApp({ port: 0 });
    const lost: string[] = [];
    const first = await createSdk(own.url).connect({ ...nobody, onLost: () => lost.push('first') });
    await first.close();
    const sdk = createSdk(own.url);
    await sdk.connect({ ...nobody, onLost: () => lost.push('second') });
    await own.stop();
    await eventually('lost', async () => lost.length > 0);
    assert.deepEqual(lost, ['second']);
    await assert.rejects(sdk.connect(nobody), /hung up/);
  });
});

describe('an app that talks nonsense', () => {
  it('is not listened to', async (t) => {
    let other: WebSocket | undefined;
    const app = await openOddApp((socket) => {
      other = socket;
      for (const text of [
        '',
        'null',
        '[]',
        '{"msg":"READER"}',
        '{"msg":"EVIL"}',
        '{"msg":"ENTER_PIN","reader":7}',
      ])
        socket.send(text);
      socket.send(Buffer.from('{"msg":"INSERT_CARD"}'));
      socket.send('{"msg":"READER_LIST","readers":[]}');
    });
    t.after(() => app.close());
    const heard: SdkMessage[] = [];
    const line = await createSdk(app.url).connect({ ...nobody, onMessage: (message) => heard.push(message) });
    assert.deepEqual(line.readers, []);
    other?.send(JSON.stringify({ msg: 'INSERT_CARD', error: 'x'.repeat(20_000) }));
    other?.send('{"msg":"BAD_STATE","error":"SET_PIN"}');
    await eventually('the last message', async () => heard.length > 0);
    assert.deepEqual(heard, [{ msg: 'BAD_STATE', error: 'SET_PIN' }]);
    await line.close();
  });

  it('cannot name more tries than a card has', () => {
    const message = (retryCounter: unknown): string =>
      JSON.stringify({ msg: 'READER', name: 'x', attached: true, card: { retryCounter } });
    assert.ok(parseMessage(message(3)));
    for (const count of [4, -1, 1.5, '2', null]) assert.equal(parseMessage(message(count)), undefined);
  });
});
