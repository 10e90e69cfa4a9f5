import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { DeliveryError } from '#delivery';
import { formatCode, formatNumber, newCode } from '#seal';
import { bulkyWaste, movedIn } from '#test/answers';
import { type Client, createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';
import { inDrivingOrder, type Stop } from './tour-list.ts';

const DAY = 86_400_000;

let desk: TestDesk;
let broken = false;
before(async () => {
  desk = await startDesk({
    deliver: async () => {
      if (broken) throw new DeliveryError('refused', false);
    },
  });
});
after(() => desk.stop());

describe('the list of a tour day', () => {
  it('goes by street and house number, and tells the crew what lies there but not who lives there', async () => {
    const tsk = await desk.signIn('tsk');
    let date = '';
    for (const [street, houseNumber] of [
      ['Waldstraße', '10'],
      ['Waldstraße', '9'],
      ['Akademiestraße', '2'],
      ['Waldstraße', '9a'],
    ] as const) {
      const slot = await desk.slot('76133');
      date = slot.date;
      const household = { street, houseNumber, familyName: 'Zeisig', placeDetails: 'Im Hof links' };
      await desk.handIn({ service: 'sperrmuell', answers: bulkyWaste(household, slot) });
    }
    await desk.audited();
    const page = await tsk.get(`/desk/tours/sperrmuell/${date}`);
    assert.equal(page.status, 200);
    const addresses = [...page.text.matchAll(/<strong class="stop-address" dir="auto">([^<]+)</g)].map(
      ([, address]) => address?.trim(),
    );
    assert.deepEqual(addresses, ['Akademiestraße 2', 'Waldstraße 9', 'Waldstraße 9a', 'Waldstraße 10']);
    assert.ok(page.text.includes('Sofa') && page.text.includes('Im Hof links'));
    assert.ok(!page.text.includes('Zeisig') && !page.text.includes('123456'));
    assert.deepEqual(await desk.audited(), [`staff:tsk tour.opened tour/sperrmuell/${date}`]);
    assert.match((await tsk.get('/desk/tours')).text, new RegExp(`/desk/tours/sperrmuell/${date}`));
  });

  it('leaves out what was withdrawn', async () => {
    const tsk = await desk.signIn('tsk');
    const slot = await desk.slot('76227');
    const household = { street: 'Durlacher Allee', houseNumber: '77', postcode: '76227' };
    const receipt = await desk.handIn({ service: 'sperrmuell', answers: bulkyWaste(household, slot) });
    const path = `/desk/tours/sperrmuell/${slot.date}`;
    assert.ok((await tsk.get(path)).text.includes('Durlacher Allee'));
    await desk.cases.withdraw(receipt.caseId);
    assert.ok(!(await tsk.get(path)).text.includes('Durlacher Allee'));
  });

  it('is nobody else’s, and no other day than one that exists', async () => {
    const oa = await desk.signIn('oa');
    assert.equal((await oa.get('/desk/tours')).status, 404);
    assert.equal((await oa.get('/desk/tours/sperrmuell/2026-11-25')).status, 404);
    const tsk = await desk.signIn('tsk');
    assert.equal((await tsk.get('/desk/tours/sperrmuell/2026-02-30')).status, 404);
    assert.equal((await tsk.get('/desk/tours/anderes/2026-11-25')).status, 404);
    assert.equal((await createClient(desk.url).get('/desk/tours')).status, 303);
  });

  it('is in the same order whatever order the orders came in', () => {
    const stop = fc.record({
      caseId: fc.uuid(),
      number: fc.stringMatching(/^\d{9}$/),
      area: fc.constant('mitte'),
      street: fc.constantFrom('Waldstraße', 'Akademiestraße', 'Ahaweg', 'Östliche Rheinbrückenstraße'),
      houseNumber: fc.constantFrom('1', '2', '9', '9a', '10', '100'),
      postcode: fc.constant('76133'),
      lines: fc.constant([]),
    });
    const stops = fc.uniqueArray(stop, { selector: ({ number }) => number, maxLength: 20 });
    fc.assert(
      fc.property(
        stops.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([a, b]) => {
          const keys = (list: readonly Stop[]) => inDrivingOrder(list).map((one) => one.number);
          assert.deepEqual(keys(a), keys(b));
        },
      ),
    );
  });
});

describe('looking up a Zuordnungsmerkmal', () => {
  const lookUp = async (client: Client, code: string) =>
    client.post('/desk/lookup', {
      _csrf: hiddenField((await client.get('/desk')).text, '_csrf') ?? '',
      code,
    });

  it('shows what was confirmed, however the code is typed', async () => {
    const oa = await desk.signIn('oa');
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
    await desk.audited();
    const typed = formatCode(receipt.code ?? '')
      .toLowerCase()
      .replaceAll('-', ' ');
    const found = await lookUp(oa, typed);
    assert.equal(found.status, 200);
    const said = (label: string, value: string) => `<dt>${label}</dt><dd dir="auto">${value}</dd>`;
    for (const words of [
      said('Wohnungsgeber', 'Ada Ünlü'),
      said('Eigentümer der Wohnung', 'Ada Ünlü'),
      'Gültige Bestätigung',
      'Ada Ünlü',
      'Łukasz',
      formatNumber(receipt.number),
    ]) {
      assert.ok(found.text.includes(words), words);
    }
    assert.deepEqual(await desk.audited(), [`staff:oa code.lookedUp ${receipt.caseId}`]);
  });

  it('shows who has confirmed and how they signed in, and when that is another name than the landlord’s', async () => {
    const oa = await desk.signIn('oa');
    const shown = async (landlord: string) => {
      const street = {
        street: 'Feldweg',
        houseNumber: '1',
        postcode: '76133',
        city: 'Karlsruhe',
        unlisted: true,
      };
      const answers = { ...movedIn(landlord), dwelling: street, confirmerGivenNames: 'Ada' };
      const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers });
      return (await lookUp(oa, receipt.code ?? '')).text;
    };
    const own = await shown('Ada Maria Uenlue');
    assert.match(own, /<dt>Elektronisch bestätigt von<\/dt><dd dir="auto">Ada Ünlü</);
    assert.match(own, /<dt>Identität<\/dt><dd dir="auto">BundID, Benutzername und Passwort/);
    assert.match(own, /Feldweg 1[^<]*nicht im Straßenverzeichnis/);
    assert.match(await shown('Wohnbau GmbH'), /bestätigt für Wohnbau GmbH von<\/dt><dd dir="auto">Ada Ünlü</);
  });

  it('says of a confirmation that was taken back just that', async () => {
    const oa = await desk.signIn('oa');
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
    await desk.cases.withdraw(receipt.caseId);
    const { text } = await lookUp(oa, receipt.code ?? '');
    assert.match(text, /Diese Bestätigung wurde zurückgezogen/);
    assert.ok(!text.includes('Łukasz') && !text.includes('gültig bis'));
  });

  it('says clearly when a code is unknown, mistyped or expired', async (t) => {
    const desk = await startDesk();
    t.after(() => desk.stop());
    const oa = await desk.signIn('oa');
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
    assert.match((await lookUp(oa, newCode())).text, /Unbekannt oder abgelaufen/);
    assert.match((await lookUp(oa, (receipt.code ?? '').slice(0, 14))).text, /15 Zeichen, hier stehen 14/);
    // 180 days after 23 November 2026 is a Saturday, and the Monday after it is the last working day in time.
    desk.pass(182 * DAY);
    const later = await desk.signIn('oa');
    assert.match((await lookUp(later, receipt.code ?? '')).text, /Gültige Bestätigung/);
    desk.pass(DAY);
    const expired = await lookUp(await desk.signIn('oa'), receipt.code ?? '');
    assert.match(expired.text, /Unbekannt oder abgelaufen/);
    assert.ok(!expired.text.includes('Ada Ünlü'));
  });

  it('is for the office that gives such codes only', async () => {
    const tsk = await desk.signIn('tsk');
    assert.equal((await tsk.get('/desk/lookup')).status, 404);
    assert.equal((await lookUp(tsk, newCode())).status, 404);
  });
});

describe('alarms', () => {
  it('tell the lead who is away, for how many cases and since when, until they are there again', async () => {
    const lead = await desk.signIn('lead');
    const calm = /Kein Vorgang wartet länger als 15 Minuten/;
    assert.match((await lead.get('/desk/alarms')).text, calm);
    const receipt = await desk.handIn({
      service: 'wohnungsgeberbestaetigung',
      answers: movedIn('Ada Ünlü'),
    });
    await desk.db
      .updateTable('outbox')
      .set({ state: 'waiting', done_at: null, channel: 'fit-connect', destination: 'bfj' })
      .where('case_id', '=', receipt.caseId)
      .execute();
    assert.match((await lead.get('/desk/alarms')).text, calm, 'not yet');
    desk.pass(16 * 60_000);
    const { text } = await lead.get('/desk/alarms');
    assert.doesNotMatch(text, calm);
    assert.match(text, /Bundesamt für Justiz<\/td><td[^>]*>1<\/td><td[^>]*>\d\d\.\d\d\.\d{4}, \d\d:\d\d</);
    await desk.db
      .updateTable('outbox')
      .set({ state: 'done' })
      .where('case_id', '=', receipt.caseId)
      .execute();
    assert.match((await lead.get('/desk/alarms')).text, calm);
  });

  it('tell the lead of a delivery that stands still, and set it going again', async () => {
    broken = true;
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
    for (let hours = 0; hours < 20; hours += 1) {
      desk.pass(3_600_000);
      await desk.delivery.runOnce();
    }
    const lead = await desk.signIn('lead');
    const page = await lead.get('/desk/alarms');
    assert.ok(page.text.includes(formatNumber(receipt.number)));
    assert.match(page.text, /Vom Empfänger abgelehnt/);
    broken = false;
    const [parked] = await desk.delivery.parked();
    const _csrf = hiddenField(page.text, '_csrf') ?? '';
    assert.equal((await lead.post(`/desk/alarms/${parked?.id}/retry`, { _csrf })).status, 303);
    await desk.delivery.runOnce();
    assert.deepEqual(await desk.delivery.parked(), []);
    assert.equal((await lead.post(`/desk/alarms/${randomUUID()}/retry`, { _csrf })).status, 404);
    assert.match((await lead.get('/desk/alarms')).text, /Alle Vorgänge sind zugestellt/);
  });

  it('tell the lead when somebody tries codes on a case', async () => {
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
    for (let tries = 0; tries < 30; tries += 1) {
      const answer = await desk.cases.openWithCode(receipt.number, newCode(), `client-${tries}`);
      if (!answer.ok && answer.reason === 'slowed') desk.pass((answer.retryAfterSeconds ?? 0) * 1_000);
    }
    const lead = await desk.signIn('lead');
    assert.match((await lead.get('/desk/alarms')).text, /viele falsche Zugangscodes/);
  });

  it('are nobody’s but a lead’s', async () => {
    const oa = await desk.signIn('oa');
    assert.equal((await oa.get('/desk/alarms')).status, 404);
    const _csrf = hiddenField((await oa.get('/desk')).text, '_csrf') ?? '';
    assert.equal((await oa.post(`/desk/alarms/${randomUUID()}/retry`, { _csrf })).status, 404);
  });
});
