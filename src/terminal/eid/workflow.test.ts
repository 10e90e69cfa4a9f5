import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { faultOf } from './entries.ts';
import type { Command, Reader, SdkMessage } from './messages.ts';
import { APP_MS, begin, type Event, IDLE_MS, READER_MS, type State, step, TOTAL_MS } from './workflow.ts';

const NAMES = ['Reader 1', 'Reader 2'];
const readers: fc.Arbitrary<Reader> = fc.record({
  name: fc.constantFrom(...NAMES),
  attached: fc.boolean(),
  keypad: fc.boolean(),
  card: fc.option(
    fc.record(
      {
        retryCounter: fc.integer({ min: 0, max: 3 }),
        deactivated: fc.constant(false),
        inoperative: fc.constant(false),
      },
      { requiredKeys: ['deactivated'] },
    ),
  ),
});
const asks = fc.record(
  {
    msg: fc.constantFrom(
      'ENTER_PIN' as const,
      'ENTER_CAN' as const,
      'ENTER_PUK' as const,
      'ENTER_NEW_PIN' as const,
    ),
    error: fc.constant('You must provide 6 digits'),
    reader: readers,
  },
  { requiredKeys: ['msg'] },
);
const messages: fc.Arbitrary<SdkMessage> = fc.oneof(
  { weight: 12, arbitrary: asks },
  { weight: 12, arbitrary: readers.map((reader) => ({ msg: 'READER' as const, ...reader })) },
  fc.record({
    msg: fc.constant('CHANGE_PIN' as const),
    success: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.constantFrom<SdkMessage>(
    { msg: 'INSERT_CARD' },
    { msg: 'READER_LIST', readers: [] },
    { msg: 'API_LEVEL' },
  ),
  fc.constantFrom<SdkMessage>(
    { msg: 'BAD_STATE', error: 'CANCEL' },
    { msg: 'BAD_STATE', error: 'SET_PIN' },
    { msg: 'INVALID' },
    { msg: 'UNKNOWN_COMMAND' },
  ),
);
const VALUES = ['72518', '384716', '509137', '8264917350', '', 'x', '920485'];
/** What the app would say next with an honest card that has so many tries left. */
function likely(state: State, retryCounter: number): SdkMessage {
  if (state.step.at === 'restarting') return { msg: 'CHANGE_PIN', success: false };
  const reader: Reader = { name: 'Reader 1', attached: true, keypad: false, card: { retryCounter } };
  if (state.step.at === 'cardGone') return { msg: 'READER', ...reader };
  if (state.sent === 'pin' && retryCounter === 3) return { msg: 'ENTER_NEW_PIN', reader };
  if (retryCounter === 0) return { msg: 'ENTER_PUK', reader };
  return { msg: retryCounter === 1 && state.sent !== 'can' ? 'ENTER_CAN' : 'ENTER_PIN', reader };
}

const FITTING = { pin: '384716', can: '509137', puk: '8264917350', newPin: '920485' } as const;

/** Entries for the page that is shown, now and then for an earlier one or with other digits. */
interface Act {
  event: (state: State) => Event;
  waits: number;
}
const entries: fc.Arbitrary<Act['event']> = fc
  .record({
    ...{ other: fc.constantFrom(...VALUES), isCan: fc.boolean(), isNew: fc.boolean() },
    dice: fc.nat({ max: 9 }),
  })
  .map(({ other, isCan, isNew, dice }) => (state: State) => {
    const fits = state.step.at === 'ask' && dice > 2;
    const value = fits && state.step.at === 'ask' ? FITTING[state.step.what] : other;
    const turn = state.turn - (dice === 0 ? 1 : 0);
    return { kind: 'entry', turn, entry: { value, again: value, isCan: isCan && dice < 3, isNew } };
  });
const events: fc.Arbitrary<Act['event']> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .integer({ min: 0, max: 3 })
      .map((left) => (state: State) => ({ kind: 'sdk' as const, message: likely(state, left) })),
  },
  { weight: 4, arbitrary: messages.map((message) => () => ({ kind: 'sdk' as const, message })) },
  { weight: 12, arbitrary: entries },
  fc.constantFrom('own' as const, 'transport' as const).map((mode) => (state: State) => ({
    kind: 'mode' as const,
    turn: state.turn,
    mode,
  })),
  fc.constant(() => ({ kind: 'tick' as const })),
  fc.array(readers, { maxLength: 2 }).map((some) => () => ({ kind: 'ready' as const, readers: some })),
);
const ends: fc.Arbitrary<Act['event']> = fc.constantFrom(
  () => ({ kind: 'cancel' as const }),
  () => ({ kind: 'sdk' as const, message: { msg: 'INVALID' as const } }),
);
const acts = (kinds: fc.Arbitrary<Act['event']>): fc.Arbitrary<Act[]> =>
  fc.array(fc.record({ event: kinds, waits: fc.constantFrom(0, 100, 20_000) }), {
    maxLength: 60,
    size: 'max',
  });

/** Plays acts one after the other and shows each step to a witness. */
function play(
  all: readonly Act[],
  witness: (before: State, event: Event, after: State, send: readonly Command[], now: number) => void,
): { state: State; now: number } {
  let now = 0;
  let state = begin('own', now);
  for (const act of all) {
    now += act.waits;
    const event = act.event(state);
    const result = step(state, event, now);
    witness(state, event, result.state, result.send, now);
    state = result.state;
  }
  return { state, now };
}

describe('whatever the app says and people do', () => {
  it('no PIN is sent for the last try unless the CAN has just been accepted, and none for none', () => {
    let pins = 0;
    let last = 0;
    const shows = fc.property(acts(events), (all) => {
      // Worked out from the outside: what the app last said about the card in the reader it asks for.
      let reader: string | undefined;
      let left: number | undefined;
      let can = false;
      let sent: string | undefined;
      play(all, (_before, event, _after, send) => {
        if (event.kind === 'sdk') {
          const { message } = event;
          if ('reader' in message || message.msg.startsWith('ENTER')) {
            const told = 'reader' in message ? message.reader : undefined;
            reader = told?.name;
            left = told?.card?.retryCounter;
            const failed = 'error' in message && message.error !== undefined;
            can = message.msg === 'ENTER_PIN' && sent === 'SET_CAN' && !failed;
            sent = undefined;
          } else if (message.msg === 'READER' && message.name === reader) {
            if (message.card?.retryCounter !== left) can = false;
            left = message.attached ? message.card?.retryCounter : undefined;
          }
        }
        for (const command of send) {
          if (command.cmd === 'SET_PIN') {
            pins += 1;
            if (left === 1) last += 1;
            assert.ok(left !== undefined && (left >= 2 || (left === 1 && can)), `${left} left, CAN ${can}`);
            can = false;
          }
          if (command.cmd.startsWith('SET_')) sent = command.cmd;
        }
      });
    });
    fc.assert(shows, { numRuns: 3_000 });
    assert.ok(pins > 1_000 && last > 100, `too little happened: ${pins}, ${last}`);
  });

  it('digits are sent once, for the question that is on the screen, and never to a reader with keys', () => {
    const names = { pin: 'SET_PIN', can: 'SET_CAN', puk: 'SET_PUK', newPin: 'SET_NEW_PIN' } as const;
    fc.assert(
      fc.property(acts(events), (all) => {
        play(all, (before, event, after, send) => {
          const secrets = send.filter((command) => command.cmd.startsWith('SET_'));
          if (secrets.length === 0) return;
          assert.equal(send.length, 1);
          assert.ok(event.kind === 'entry' && event.turn === before.turn && before.step.at === 'ask');
          assert.equal(send[0]?.cmd, names[before.step.what]);
          assert.equal('value' in (send[0] ?? {}), !before.keypad);
          assert.notEqual(after.turn, before.turn);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('nothing is sent after the end', () => {
    fc.assert(
      fc.property(acts(events), ends, acts(events), (before, end, later) => {
        let over = false;
        play([...before, { event: end, waits: 0 }, ...later], (state, _event, after, send) => {
          over ||= state.step.at === 'ended';
          if (!over) return;
          assert.deepEqual(send, []);
          assert.equal(after, state);
        });
        assert.ok(over || later.length === 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('it ends within its limits, and the app is told', () => {
    fc.assert(
      fc.property(acts(events), (all) => {
        const { state, now } = play(all, (before, _event, after, _send, at) => {
          if (at - before.beganAt >= TOTAL_MS) assert.equal(after.step.at, 'ended');
        });
        if (state.step.at === 'ended') return;
        const late = step(state, { kind: 'tick' }, now + IDLE_MS);
        assert.equal(late.state.step.at, 'ended');
        assert.deepEqual(late.send, state.isRunning ? [{ cmd: 'CANCEL' }] : []);
      }),
      { numRuns: 1_000 },
    );
  });

  it('no digits stay in the state', () => {
    fc.assert(
      fc.property(acts(events), (all) => {
        play(all, (_before, _event, after) => {
          const text = JSON.stringify(after);
          for (const value of VALUES.filter((one) => one.length > 4)) assert.ok(!text.includes(value));
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the app’s odd answers', () => {
  const card = { retryCounter: 3 };
  const reader: Reader = { name: 'Reader 1', attached: true, keypad: false, card };
  const sdk = (message: SdkMessage): Event => ({ kind: 'sdk', message });
  const after = (...all: Event[]): State =>
    all.reduce((state, event) => step(state, event, 0).state, begin('own', 0));
  const ready: Event = { kind: 'ready', readers: [reader] };
  const simulator: Reader = { name: 'Simulator', attached: true, keypad: true, insertable: true, card: null };
  const typed = { again: '920485', isCan: false, isNew: false };
  const gone = sdk({ msg: 'READER', ...reader, card: null });
  const back = sdk({ msg: 'READER', ...reader });
  const over = (success: boolean): Event => sdk({ msg: 'CHANGE_PIN', success });
  /** Asked for a secret, told it, and waiting for the card. */
  const told = (msg: 'ENTER_NEW_PIN' | 'ENTER_CAN' | 'ENTER_PUK', value: string): State => {
    const left = { ENTER_NEW_PIN: 3, ENTER_CAN: 1, ENTER_PUK: 0 }[msg];
    const asked = after(ready, sdk({ msg, reader: { ...reader, card: { retryCounter: left } } }));
    return step(asked, { kind: 'entry', turn: asked.turn, entry: { ...typed, value } }, 0).state;
  };
  const then = (state: State, ...all: Event[]): State =>
    all.reduce((now, event) => step(now, event, 0).state, state);

  it('success without a new PIN is no success', () => {
    const state = after(ready, sdk({ msg: 'CHANGE_PIN' }), sdk({ msg: 'CHANGE_PIN', success: true }));
    assert.deepEqual(state.step, { at: 'ended', outcome: 'failed', screen: 'failed' });
  });

  for (const msg of ['BAD_STATE', 'INVALID', 'UNKNOWN_COMMAND', 'INTERNAL_ERROR'] as const) {
    it(`${msg} ends it, and what is running is cancelled`, () => {
      const asked = after(ready, sdk({ msg: 'ENTER_PIN', reader }));
      const { state, send } = step(asked, sdk({ msg }), 0);
      assert.ok(state.step.at === 'ended' && state.step.outcome === 'failed');
      assert.deepEqual(send, [{ cmd: 'CANCEL' }]);
    });
  }

  it('a connection that breaks while the new PIN is written leaves it open which one holds', () => {
    const sent = told('ENTER_NEW_PIN', '920485');
    const unsure = { at: 'ended', outcome: 'unsure', screen: 'unsure' };
    assert.deepEqual(step(sent, { kind: 'cancel' }, 0).state.step, unsure);
    const lost = step(sent, { kind: 'lost' }, 0).state;
    assert.equal(lost.step.at, 'starting');
    assert.deepEqual(step(lost, { kind: 'tick' }, APP_MS).state.step, unsure);
  });

  it('a card lifted while the new PIN is written leaves it open, in whichever order that is told', () => {
    const sent = told('ENTER_NEW_PIN', '920485');
    for (const order of [
      [gone, over(false)],
      [over(false), gone],
    ]) {
      const state = then(sent, ...order);
      assert.deepEqual([state.step.at, state.doubt], ['cardGone', 'newPin']);
      // What ends the app's next work says nothing of the new PIN.
      const later = then(state, back, over(true));
      assert.notEqual(later.step.at === 'ended' && later.step.outcome, 'done');
    }
    const done = then(sent, gone, over(true)).step;
    assert.ok(done.at === 'ended' && done.outcome === 'done', 'success after the new PIN is success');
  });

  for (const [msg, value] of [
    ['ENTER_CAN', '509137'],
    ['ENTER_PUK', '8264917350'],
  ] as const) {
    for (const success of [true, false]) {
      it(`the end that is told of a card lifted after ${msg} (${success}) is no end`, () => {
        for (const order of [
          [gone, over(success)],
          [over(success), gone],
        ]) {
          const state = then(told(msg, value), ...order);
          assert.equal(state.step.at, 'cardGone');
          assert.deepEqual(step(state, back, 0).send, [{ cmd: 'RUN_CHANGE_PIN' }]);
        }
      });
    }
  }

  it('a card that is back before the app has told its end is asked anew', () => {
    const { state, send } = step(then(told('ENTER_CAN', '509137'), gone), back, 0);
    assert.deepEqual(send, [{ cmd: 'CANCEL' }]);
    const running = step(state, over(true), 0);
    assert.deepEqual(running.send, [{ cmd: 'RUN_CHANGE_PIN' }]);
    const late = step(running.state, sdk({ msg: 'BAD_STATE', error: 'CANCEL' }), 0);
    assert.deepEqual([late.state.step.at, late.send], ['starting', []]);
  });

  it('its own simulator is no reader: another one is waited for, and then its absence is told', () => {
    const none = step(begin('own', 0), { kind: 'ready', readers: [simulator] }, 0);
    assert.deepEqual(none.send, []);
    const late = step(none.state, sdk({ msg: 'READER', ...reader, card: null }), READER_MS - 1);
    assert.deepEqual(late.send, [{ cmd: 'RUN_CHANGE_PIN' }]);
    const { state } = step(none.state, { kind: 'tick' }, READER_MS);
    assert.ok(state.step.at === 'ended' && state.step.outcome === 'noReader');
  });

  it('an app that wants the PIN for the last try without the CAN is asked to begin anew', () => {
    const { state, send } = step(
      after(ready),
      sdk({ msg: 'ENTER_PIN', reader: { ...reader, card: { retryCounter: 1 } } }),
      0,
    );
    assert.equal(state.step.at, 'restarting');
    assert.deepEqual(send, [{ cmd: 'CANCEL' }]);
    const again = step(state, sdk({ msg: 'CHANGE_PIN', success: false }), 0);
    assert.deepEqual(again.send, [{ cmd: 'RUN_CHANGE_PIN' }]);
  });
});

it('a new PIN is six digits that are no run, no repetition and not the CAN', () => {
  const digits = fc.stringMatching(/^\d{6}$/);
  fc.assert(
    fc.property(digits, (value) => {
      const fault = faultOf('newPin', 'own', { value, again: value, isCan: false, isNew: false });
      const all = [...value].map(Number);
      const isEasy =
        '01234567890'.includes(value) && !value.includes('90')
          ? true
          : '9876543210'.includes(value) ||
            [1, 2, 3].some((size) => all.every((one, at) => one === all[at % size]));
      assert.equal(fault, isEasy ? 'simple' : undefined, value);
      if (!isEasy)
        assert.equal(faultOf('newPin', 'own', { value, again: value, isCan: true, isNew: false }), 'isCan');
    }),
    { examples: [['123456'], ['654321'], ['111111'], ['121212'], ['123123'], ['012345'], ['456789']] },
  );
  const others = fc.string().filter((text) => !/^\d{6}$/.test(text));
  fc.assert(
    fc.property(
      others,
      (value) => faultOf('newPin', 'own', { value, again: value, isCan: false, isNew: false }) === 'length6',
    ),
  );
});
