import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type Leave, Room } from './room.ts';

const staying = (): AbortSignal => new AbortController().signal;
/** Lets everything happen that does not wait for anybody. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('never holds more than it may, in all and of one client, and everybody has their turn', async () => {
  const visitor = fc.record({
    client: fc.constantFrom('a', 'b', 'c'),
    size: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(visitor, { maxLength: 30 }), async (visitors) => {
      const room = new Room({ most: 30, perClient: 15, waiting: 100 });
      const own = new Map<string, number>();
      let done = 0;
      const visits = visitors.map(async ({ client, size }) => {
        const leave = await room.enter(client, size, staying());
        assert.ok(leave);
        own.set(client, (own.get(client) ?? 0) + size);
        assert.ok(room.held <= 30 && (own.get(client) ?? 0) <= 15);
        await settle();
        own.set(client, (own.get(client) ?? 0) - size);
        leave();
        leave();
        done += 1;
      });
      await Promise.all(visits);
      return done === visitors.length && room.held === 0;
    }),
    { numRuns: 50 },
  );
});

it('lets nobody wait for a client that takes more than its share', async () => {
  const room = new Room({ most: 4, perClient: 2, waiting: 2 });
  const entered: string[] = [];
  const enter = async (client: string): Promise<Leave | undefined> => {
    const leave = await room.enter(client, 1, staying());
    entered.push(leave ? client : `${client} turned away`);
    return leave;
  };
  const [first] = await Promise.all([enter('greedy'), enter('greedy')]);
  void [enter('greedy'), enter('greedy'), enter('greedy')];
  await settle();
  await enter('other');
  assert.deepEqual(entered, ['greedy', 'greedy', 'greedy turned away', 'other']);
  first?.();
  await settle();
  assert.deepEqual(entered.slice(4), ['greedy']);
});

it('leaves room for others, however many networks one holder asks from', async () => {
  const network = (turn: number): string => `2001:db8:1:${turn.toString(16)}::/64`;
  for (const [most, entered] of [
    [100, 16],
    [10, 8],
  ] as const) {
    const room = new Room({ most, perClient: 2, waiting: 3 });
    const turnedAway: number[] = [];
    for (let turn = 0; turn < 60; turn += 1)
      void room.enter(network(turn), 1, staying()).then((leave) => leave ?? turnedAway.push(turn));
    await settle();
    assert.equal(room.held, entered);
    assert.equal(turnedAway.length, 60 - entered - 24);
    assert.ok(await room.enter('2001:db8:2:1::/64', 1, staying()));
    assert.ok(await room.enter('192.0.2.1', 1, staying()));
  }
});

it('is not waited for by those who are gone', async () => {
  const room = new Room({ most: 1, perClient: 1, waiting: 9 });
  const leave = await room.enter('a', 1, staying());
  const going = new AbortController();
  const waited = room.enter('b', 1, going.signal);
  const behind = room.enter('c', 1, staying());
  going.abort();
  assert.equal(await waited, undefined);
  leave?.();
  assert.ok(await behind);
});
