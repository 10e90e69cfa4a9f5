import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type CardName, startAusweisApp, type VirtualCard, virtualCard } from '#sandbox/ausweisapp';
import { eventually } from '#test/eventually';
import { arrive, OFFICE, openTerminal, type Person, type Terminal, wayBack } from '../terminal.fixture.ts';
import { APP_MS, READER_MS } from './workflow.ts';

const PIN = '384716';
const TRANSPORT = '72518';
const CAN = '509137';
const PUK = '8264917350';
const NEW = '920485';
/** So long a real reader was seen to need until the app names it. */
const AS_THE_REAL_APP = 1_100;

const open: Terminal[] = [];
after(async () => {
  for (const terminal of open) await terminal.close();
});

async function terminal(options: Parameters<typeof openTerminal>[0] = {}): Promise<Terminal> {
  const one = await openTerminal(options);
  open.push(one);
  return one;
}

/** A person with that card already in the reader. */
async function with_(
  card: CardName | VirtualCard,
  mode: 'own' | 'transport' = 'own',
): Promise<{ at: Terminal; person: Person; card: VirtualCard }> {
  const at = await terminal();
  const inserted = typeof card === 'string' ? virtualCard(card) : card;
  at.app.insert(inserted);
  const person = await arrive(at.device, { mode });
  return { at, person, card: inserted };
}

/** The page's way back to the office says how it ended. */
function leadsBack(person: Person, outcome: string): void {
  assert.ok(
    person.shown.html.includes(`href="${wayBack(outcome).replaceAll('&', '&amp;')}"`),
    person.shown.html,
  );
}

const sentPins = (at: Terminal): number => at.app.log.filter((line) => line === '> SET_PIN').length;

const NOT_NOTICED = /Nehmen Sie ihn weg, warten Sie 3 Sekunden und legen Sie ihn noch einmal auf/;

describe('setting the first PIN', () => {
  it('goes from the card on the reader over the transport PIN to a PIN of one’s own', async () => {
    const at = await terminal();
    const person = await arrive(at.device, { mode: 'transport' });
    await person.until('insertCard');
    assert.match(person.shown.html, /Legen Sie Ihren Ausweis auf den Kartenleser/);
    assert.match(person.shown.html, NOT_NOTICED, 'a card may lie there already');
    const card = virtualCard('transport');
    at.app.insert(card);
    await person.until('pin');
    assert.match(person.shown.html, /5 Ziffern aus Ihrem PIN-Brief/);
    await person.enter(TRANSPORT);
    assert.equal(person.shown.screen, 'newPin');
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
    leadsBack(person, 'done');
    assert.equal(card.pin, NEW);
    assert.equal(card.transportPin, undefined);
  });

  it('does not send six digits where five are asked for, and lets people say that they have a PIN', async () => {
    const { at, person } = await with_('own', 'transport');
    await person.until('pin');
    await person.enter(PIN);
    assert.match(person.shown.html, /data-error="length5"/);
    assert.match(person.shown.html, /<title>Fehler:/);
    assert.equal(sentPins(at), 0);
    await person.press('own');
    assert.match(person.shown.html, /bisherige PIN/);
    await person.enter(PIN);
    assert.equal(person.shown.screen, 'newPin');
  });

  it('says that a transport PIN does not hold any more once there is a PIN', async () => {
    const { person } = await with_('own', 'transport');
    await person.until('pin');
    await person.enter(TRANSPORT);
    assert.match(person.shown.html, /data-error="wrong-pin">[^<]*noch 2 Versuche[^<]*keine eigene PIN/);
  });
});

describe('a new PIN', () => {
  const REFUSED = [
    ['12345', '12345', 'length6'],
    ['1234567', '1234567', 'length6'],
    ['abcdef', 'abcdef', 'length6'],
    ['123456', '123456', 'simple'],
    ['987654', '987654', 'simple'],
    ['000000', '000000', 'simple'],
    ['121212', '121212', 'simple'],
    ['920485', '920486', 'different'],
    ['920485', '', 'different'],
  ] as const;
  it('is refused here when it is too easy, of another length, or not twice the same', async () => {
    const { at, person, card } = await with_('own');
    await person.until('pin');
    await person.enter(PIN);
    for (const [value, again, error] of REFUSED) {
      await person.enter(value, again);
      assert.ok(person.shown.html.includes(`data-error="${error}"`), `${value} ${again}`);
      const fields = person.shown.html.match(/<input[^>]*type="password"[^>]*>/g) ?? [];
      assert.ok(fields.length > 0 && fields.every((field) => /aria-describedby="notice\b/.test(field)));
      assert.match(person.shown.html, /id="notice"/);
    }
    assert.ok(!at.app.log.includes('> SET_NEW_PIN'));
    assert.equal(card.pin, PIN);
    await person.enter('920 485');
    assert.equal(person.shown.screen, 'done');
    assert.equal(card.pin, NEW);
  });

  it('is refused when it is the CAN that was entered before', async () => {
    const { person, card } = await with_('oneTryLeft');
    await person.until('can');
    await person.enter(CAN);
    await person.enter(CAN);
    assert.match(person.shown.html, /data-error="isCan"/);
    assert.equal(card.retryCounter, 1, 'the CAN in place of the PIN has cost no try');
    await person.enter(PIN);
    await person.enter(CAN);
    assert.match(person.shown.html, /data-error="isCan"/);
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
  });
});

describe('wrong entries', () => {
  it('count down, ask for the CAN before the last try and for the PUK after it', async () => {
    const { at, person, card } = await with_('own');
    await person.until('pin');
    await person.enter('111222');
    assert.match(person.shown.html, /noch 2 Versuche/);
    await person.enter('111333');
    assert.equal(person.shown.screen, 'can');
    assert.match(person.shown.html, /noch 1 Versuch\./);
    assert.match(person.shown.html, /6 Ziffern vorne unten rechts/);
    await person.enter('000001');
    assert.equal(person.shown.screen, 'can');
    assert.match(person.shown.html, /data-error="wrong-can"/);
    assert.equal(card.retryCounter, 1);
    await person.enter(CAN);
    assert.equal(person.shown.screen, 'pin');
    assert.doesNotMatch(person.shown.html, /data-error/);
    await person.enter('111444');
    assert.equal(person.shown.screen, 'puk');
    assert.match(person.shown.html, /Jetzt ist sie gesperrt/);
    await person.enter('1234567890');
    assert.match(person.shown.html, /data-error="wrong-puk"/);
    await person.enter('82649 17350');
    assert.equal(person.shown.screen, 'pin');
    assert.match(person.shown.html, /Die Sperre ist aufgehoben/);
    await person.enter(PIN);
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
    assert.deepEqual([card.pin, card.retryCounter, card.pukUses], [NEW, 3, 9]);
    assert.equal(sentPins(at), 4);
  });

  it('are not counted twice when somebody presses twice', async () => {
    const { at, person, card } = await with_('own');
    await person.until('pin');
    const turn = /name="turn" value="(\d+)"/.exec(person.shown.html)?.[1] ?? '';
    const form = { turn, _action: 'next', value: '111222', again: '' };
    await Promise.all([person.post('', form), person.post('', form), person.post('', form)]);
    await person.look();
    assert.equal(sentPins(at), 1);
    assert.equal(card.retryCounter, 2);
  });

  it('of a blocked card: whoever has the PUK but not the PIN has at least unblocked it', async () => {
    const { person, card } = await with_('blocked');
    await person.until('puk');
    assert.doesNotMatch(person.shown.html, /data-error/);
    await person.enter(PUK);
    assert.equal(person.shown.screen, 'pin');
    const answer = await person.press('cancel');
    assert.equal(answer.status, 303);
    assert.equal(answer.location, wayBack('unblocked'));
    assert.equal(card.retryCounter, 3);
  });
});

describe('a card that cannot be used', () => {
  it('is named when its PUK is used up', async () => {
    const { at, person } = await with_('pukUsedUp');
    await person.until('puk');
    await person.enter(PUK);
    assert.equal(person.shown.screen, 'pukUsedUp');
    leadsBack(person, 'pukUsedUp');
    await eventually('the app is free', async () => at.app.log.at(-1) === '< CHANGE_PIN');
  });

  it('is named when its online function is off, in the reader already or put there now', async () => {
    const { person } = await with_('deactivated');
    await person.until('deactivated');
    leadsBack(person, 'deactivated');
    const at = await terminal();
    const other = await arrive(at.device);
    await other.until('insertCard');
    at.app.insert(virtualCard('deactivated'));
    await other.until('deactivated');
    leadsBack(other, 'deactivated');
  });

  it('is named when the app cannot read it, and a German one put there instead goes on', async () => {
    const at = await terminal();
    const person = await arrive(at.device);
    await person.until('insertCard');
    at.app.insert(virtualCard('faulty'));
    await person.until('foreignCard');
    assert.match(person.shown.html, /nur mit einem deutschen Personalausweis/);
    at.app.remove();
    await person.look();
    assert.equal(person.shown.screen, 'foreignCard', 'there is time to read it');
    at.app.insert(virtualCard('own'));
    await person.until('pin');
  });

  it('and is the only one somebody has: the office learns that it did not work', async () => {
    const at = await terminal();
    const person = await arrive(at.device);
    await person.until('insertCard');
    at.app.insert(virtualCard('faulty'));
    await person.until('foreignCard');
    const answer = await person.press('cancel');
    assert.equal(answer.location, wayBack('failed'));
  });
});

describe('a card that is taken away', () => {
  it('is asked for, and it goes on when it is back', async () => {
    const { at, person, card } = await with_('own');
    await person.until('pin');
    at.app.remove();
    await person.until('cardGone');
    assert.match(person.shown.html, NOT_NOTICED);
    at.app.insert(card);
    await person.until('pin');
    assert.doesNotMatch(person.shown.html, NOT_NOTICED);
    await person.enter(PIN);
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
  });

  it('and changed for another one does not cost that one its last try', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    const other = virtualCard('oneTryLeft');
    at.app.remove();
    at.app.insert(other);
    // The form of the first card's page, sent after the cards were changed.
    await person.enter('111222');
    await person.until('can');
    assert.equal(other.retryCounter, 1);
    assert.equal(sentPins(at), 0);
    await person.enter(CAN);
    await person.enter(PIN);
    assert.equal(person.shown.screen, 'newPin');
  });

  it('to read its CAN is asked for the CAN again', async () => {
    const { at, person, card } = await with_('oneTryLeft');
    await person.until('can');
    at.app.remove();
    await person.until('cardGone');
    at.app.insert(card);
    await person.until('can');
    await person.enter(CAN);
    assert.equal(person.shown.screen, 'pin');
  });
});

describe('the end', () => {
  it('by cancelling leads back to the office and tells the app', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    const answer = await person.press('cancel');
    assert.deepEqual([answer.status, answer.location], [303, wayBack('cancelled')]);
    await eventually('cancelled', async () => at.app.log.at(-1) === '< CHANGE_PIN');
    await person.look();
    assert.equal(person.shown.screen, 'cancelled');
    await person.enter(PIN);
    assert.equal(sentPins(at), 0);
  });

  for (const below of ['/visit/end', '/']) {
    it(`by leaving over ${below} cancels too`, async () => {
      const { at, person } = await with_('own');
      await person.until('pin');
      const answer = below === '/' ? await person.get(below) : await person.post(below, {});
      assert.equal(answer.location, below === '/' ? `${OFFICE}/` : wayBack('cancelled'));
      await eventually('cancelled', async () => at.app.log.includes('> CANCEL'));
    });
  }

  it('comes after three minutes without an entry, also when nobody asks', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    at.pass(179_000);
    await person.enter('12');
    at.pass(179_000);
    await person.look();
    assert.equal(person.shown.screen, 'pin', 'every entry gives the whole time again');
    at.pass(2_000);
    await eventually('the app was told', async () => at.app.log.includes('> CANCEL'));
    await person.look();
    assert.equal(person.shown.screen, 'timeOver');
    leadsBack(person, 'timeOver');
    await person.enter(PIN);
    assert.equal(sentPins(at), 0);
  });

  it('comes after a quarter of an hour in any case', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    for (let minutes = 0; minutes < 14; minutes += 2) {
      at.pass(120_000);
      await person.enter('12');
      assert.equal(person.shown.screen, 'pin');
    }
    at.pass(70_000);
    await person.look();
    assert.equal(person.shown.screen, 'timeOver');
  });

  it('of the last person is the beginning of the next', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    const next = await arrive(at.device);
    await next.until('pin');
    assert.equal((await person.look()).status, 404, 'the last person’s page is gone');
    await next.enter(PIN);
    await next.enter(NEW);
    assert.equal(next.shown.screen, 'done');
  });
});

describe('without what is needed', () => {
  it('a reader: says so', async () => {
    const at = await terminal({ noReader: true });
    const person = await arrive(at.device);
    await person.until('starting');
    // Requests take time as well: the very edge is the pure workflow's.
    at.pass(READER_MS / 2);
    await person.look();
    assert.equal(person.shown.screen, 'starting', 'readers come late');
    at.pass(READER_MS / 2);
    await person.until('noReader');
    leadsBack(person, 'noReader');
  });

  it('a reader that is pulled out: says so, and goes on when it is back in time', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    at.app.attach(false);
    await person.until('starting');
    at.app.attach(true);
    await person.until('pin');
    at.app.attach(false);
    await person.until('starting');
    at.pass(READER_MS);
    await person.until('noReader');
  });

  it('the AusweisApp: says so', async () => {
    const gone = await terminal();
    await gone.app.stop();
    const person = await arrive(gone.device);
    assert.equal(person.shown.screen, 'starting', 'it may be starting');
    gone.pass(APP_MS);
    await person.until('unreachable');
    leadsBack(person, 'noReader');
    assert.equal(gone.logged().split('AusweisApp away').length, 2, 'logged once');
  });

  it('the AusweisApp in the middle of it: says so', async () => {
    const { at, person } = await with_('own');
    await person.until('pin');
    await at.app.stop();
    await person.until('starting');
    at.pass(APP_MS);
    await person.until('unreachable');
    leadsBack(person, 'noReader');
  });

  it('the AusweisApp while it is started again: nobody is sent away', async () => {
    const { at, person, card } = await with_('own');
    await person.until('pin');
    await at.app.stop();
    await person.until('starting');
    const again = await startAusweisApp({ port: Number(new URL(at.app.url).port), readerMs: 30 });
    again.insert(card);
    await person.until('pin');
    await person.enter(PIN);
    await person.enter(NEW);
    assert.equal(person.shown.screen, 'done');
    await again.stop();
  });
});

describe('a reader with keys of its own', () => {
  it('gets no digits from the page, which has no field', async () => {
    const at = await terminal({ keypad: true });
    const card = virtualCard('own');
    at.app.insert(card);
    const person = await arrive(at.device);
    for (const [screen, digits] of [
      ['pin', '111222'],
      ['pin', PIN],
      ['newPin', NEW],
    ] as const) {
      await person.until(screen);
      assert.doesNotMatch(person.shown.html, /type="password"/);
      await person.enter('999999');
      assert.equal(person.shown.screen, 'padBusy');
      at.app.type(digits);
    }
    await person.until('done');
    assert.equal(card.pin, NEW);
  });
});

it('a reader is waited for as long as the real app takes to find it, and the app’s own is none', async () => {
  const at = await terminal({ readerMs: AS_THE_REAL_APP });
  at.app.insert(virtualCard('own'));
  const person = await arrive(at.device);
  await person.until('pin');
});
