/** A card that is lifted while something is done with it: the app does not say what became of it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type CardName, type VirtualCard, virtualCard } from '#sandbox/ausweisapp';
import { arrive, openTerminal, type Person, type Terminal, wayBack } from '../terminal.fixture.ts';

const PIN = '384716';
const TRANSPORT = '72518';
const CAN = '509137';
const PUK = '8264917350';
const NEW = '920485';

const open: Terminal[] = [];
after(async () => {
  for (const terminal of open) await terminal.close();
});

/** Somebody whose card has just been lifted while it was told the last of those digits. */
async function lifted(
  name: CardName,
  how: NonNullable<VirtualCard['lifted']>,
  digits: readonly string[],
): Promise<{ at: Terminal; person: Person; card: VirtualCard }> {
  const at = await openTerminal();
  open.push(at);
  const card = virtualCard(name, { lifted: how });
  at.app.insert(card);
  const person = await arrive(at.device, { mode: card.transportPin === undefined ? 'own' : 'transport' });
  for (const entered of digits) {
    if (person.shown.screen === 'starting') await person.until(how.during === 'PUK' ? 'puk' : firstOf(card));
    await person.enter(entered);
  }
  await person.until('cardGone');
  return { at, person, card };
}

const firstOf = (card: VirtualCard): string => (card.retryCounter === 1 ? 'can' : 'pin');
const sentPins = (at: Terminal): number => at.app.log.filter((line) => line === '> SET_PIN').length;
const says = (person: Person, error: string): void =>
  assert.ok(person.shown.html.includes(`data-error="${error}"`), person.shown.html);

describe('a card lifted while the new PIN is written', () => {
  const WRITING = (taken: boolean) => ({ during: 'NEW_PIN', taken }) as const;

  it('has it: the person types it once, no try is lost, and the page says that it holds', async () => {
    const { at, person, card } = await lifted('own', WRITING(true), [PIN, NEW]);
    assert.match(person.shown.html, /Wir wissen nicht, ob sie schon gilt/);
    at.app.insert(card);
    await person.until('pin');
    assert.match(person.shown.html, /Geben Sie zuerst die neue PIN ein/);
    await person.enter('920486');
    says(person, 'notNew');
    assert.equal(sentPins(at), 1, 'another PIN than the new one is not sent');
    await person.enter(NEW);
    await person.until('done');
    assert.ok(person.shown.html.includes('outcome=done'));
    assert.deepEqual([card.pin, card.retryCounter], [NEW, 3]);
  });

  for (const [name, old] of [
    ['own', PIN],
    ['transport', TRANSPORT],
  ] as const) {
    it(`does not have it: the old PIN gives all tries back, and the new one can be set (${name})`, async () => {
      const { at, person, card } = await lifted(name, WRITING(false), [old, NEW]);
      at.app.insert(card);
      await person.until('pin');
      await person.enter(NEW);
      says(person, 'stillOld');
      assert.equal(card.retryCounter, 2);
      await person.enter(old);
      assert.equal(person.shown.screen, 'newPin');
      assert.equal(card.retryCounter, 3);
      await person.enter(NEW);
      assert.equal(person.shown.screen, 'done');
      assert.equal(card.pin, NEW);
    });
  }

  it('lets people type the old PIN first, if they want to', async () => {
    const { at, person, card } = await lifted('own', WRITING(false), [PIN, NEW]);
    at.app.insert(card);
    await person.until('pin');
    await person.press('own');
    await person.enter(PIN);
    assert.equal(person.shown.screen, 'newPin');
  });

  it('and not put back is uncertain, however it ends, with a way to find out', async () => {
    const gone = await lifted('own', WRITING(true), [PIN, NEW]);
    const answer = await gone.person.press('cancel');
    assert.equal(answer.location, wayBack('unsure'));
    const late = await lifted('own', WRITING(false), [PIN, NEW]);
    late.at.pass(180_000);
    await late.person.look();
    assert.equal(late.person.shown.screen, 'unsure');
    assert.match(
      late.person.shown.html,
      /zuerst die neue PIN ein.*gleich danach die alte.*alle 3 Versuche zurück/,
    );
    assert.doesNotMatch(late.person.shown.html, /abgelaufen|so wie vorher/);
  });
});

describe('a card lifted while it is asked for something else', () => {
  it('with the CAN is asked for it again, whatever the app claims', async () => {
    const { at, person, card } = await lifted('oneTryLeft', { during: 'CAN', taken: false }, [CAN]);
    assert.ok(at.app.log.includes('< CHANGE_PIN'));
    at.app.insert(card);
    await person.until('can');
    assert.match(person.shown.html, /Der Ausweis war kurz weg/);
    await person.enter(CAN);
    await person.enter(PIN);
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
  });

  it('with the PIN is asked for it again', async () => {
    const { at, person, card } = await lifted('own', { during: 'PIN', taken: false }, [PIN]);
    at.app.insert(card);
    await person.until('pin');
    assert.match(person.shown.html, /Der Ausweis war kurz weg/);
    await person.enter(PIN);
    assert.equal(person.shown.screen, 'newPin');
  });

  it('with the PUK, and unblocked all the same: says so when it is back', async () => {
    const { at, person, card } = await lifted('blocked', { during: 'PUK', taken: true }, [PUK]);
    at.app.insert(card);
    await person.until('pin');
    assert.match(person.shown.html, /Die Sperre ist aufgehoben/);
    assert.equal((await person.press('cancel')).location, wayBack('unblocked'));
  });

  it('with the PUK, and still blocked: asks for it again', async () => {
    const { at, person, card } = await lifted('blocked', { during: 'PUK', taken: false }, [PUK]);
    at.app.insert(card);
    await person.until('puk');
    await person.enter(PUK);
    assert.equal(person.shown.screen, 'pin');
  });

  it('with the PUK, and not put back: nobody says that nothing has changed', async () => {
    const { person } = await lifted('blocked', { during: 'PUK', taken: true }, [PUK]);
    assert.equal((await person.press('cancel')).location, wayBack('failed'));
    await person.look();
    assert.equal(person.shown.screen, 'unsurePuk');
  });
});
