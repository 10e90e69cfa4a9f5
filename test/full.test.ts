/** Nobody fills the office: what one person, one case and everybody together may leave behind has an end. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { verify } from '#audit';
import { sampleFile } from '#play';
import { arrive, CONFIRMATION, household } from '#test/citizen';
import { createClient } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const MOST_ADDED = 100;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

describe('a case to which very much was added', () => {
  it('takes nothing more, says so, and keeps what was written', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(80));
    const handed = await person.handIn('sperrmuell');
    const { id } = await office.db
      .selectFrom('cases')
      .select('id')
      .where('number', '=', handed.number)
      .executeTakeFirstOrThrow();
    const event = {
      case_id: id,
      at: office.now(),
      kind: 'answer',
      actor_kind: 'citizen',
      actor: null,
      body: null,
    } as const;
    const events = Array.from({ length: MOST_ADDED }, () => event);
    await office.db.insertInto('case_event').values(events).execute();
    await person.openCase(handed);
    const form = person.form('/status/case/answer');
    form.fill('text', 'Vogelfrei');
    await person.press(form.press());
    assert.equal(person.shown.status, 422);
    assert.match(person.shown.text, /schon sehr viel gekommen/);
    assert.match(person.shown.text, /Vogelfrei/);
  });
});

describe('what nobody identified causes', () => {
  it('is counted in the audit record, not chained one by one', async () => {
    const entries = () =>
      office.db.selectFrom('audit_entry').select('detail').where('action', '=', 'identity.refused').execute();
    const posts = 300;
    for (let sent = 0; sent < posts; sent += 20) {
      const client = createClient(office.origin);
      const some = Array.from({ length: 20 }, () =>
        client.post('/identity/bundid/complete', { SAMLResponse: 'x' }),
      );
      for (const { status } of await Promise.all(some)) assert.equal(status, 410);
    }
    const single = (await entries()).length;
    assert.ok(single > 0 && single <= 10, `${single} entries`);
    office.pass(3_600_000);
    await office.tryWork();
    await office.tryWork();
    const all = await entries();
    assert.equal(all.length, single + 1);
    assert.deepEqual(all.at(-1)?.detail, { reason: 'unknownRequest', more: posts - single });
    assert.deepEqual((await verify(office.db)).ok, true);
  });
});

describe('an hour in which very much comes from one line', () => {
  let busy: RunningOffice;
  before(async () => {
    busy = await startRunningOffice({ AMTOMAT_RATE: '1000' });
  });

  it('counts what one visit causes again and again up to an end, and so all visits together', async () => {
    const most = { own: 40, all: 40_000 };
    const counted = async (): Promise<number> => {
      const { all } = await busy.db
        .selectFrom('measure')
        .select((is) => is.fn.countAll<string>().as('all'))
        .executeTakeFirstOrThrow();
      return Number(all);
    };
    /** Presses the same button so often, and looks at the ending each time. */
    const finishes = async (times: number): Promise<void> => {
      const person = await arrive(busy.origin);
      await person.walk('online-ausweis', { situation: 'lost' }, 'lost');
      const end = person.shown.url;
      await person.open('/service/online-ausweis/situation');
      const form = person.form('/service/online-ausweis/situation');
      form.fill('situation', 'lost');
      const press = form.press({ name: '_action', value: 'next' });
      for (let turn = 0; turn < times; turn += 1) await person.send(press);
      await person.open(end);
      assert.equal(person.shown.status, 200, 'the person goes on all the same');
    };
    const before = await counted();
    await finishes(most.own + 15);
    assert.equal((await counted()) - before, most.own);
    const everybody = { what: 'measure', subject: Buffer.alloc(0) } as const;
    await busy.db
      .updateTable('share')
      .set({ count: most.all - 3 })
      .where('what', '=', everybody.what)
      .where('subject', '=', everybody.subject)
      .execute();
    await finishes(9);
    assert.equal((await counted()) - before, most.own + 3);
  });
  after(() => busy.close());
  beforeEach(() => busy.db.deleteFrom('share').execute());

  /** The next that this line takes of something is the last one of the hour. */
  const nearlyAll = async (what: string, most: number): Promise<void> => {
    await busy.db
      .updateTable('share')
      .set({ count: most - 1 })
      .where('what', '=', what)
      .where('subject', '<>', Buffer.alloc(0))
      .execute();
  };
  const visits = async (): Promise<number> =>
    (await busy.db.selectFrom('visit').select('id').execute()).length;
  const cases = async (): Promise<number> =>
    (await busy.db.selectFrom('cases').select('id').execute()).length;

  it('opens no more visits, says until when, and goes on at a terminal and in the next hour', async () => {
    const begin = (client = createClient(busy.origin)) => client.post('/service/sperrmuell', {});
    const before = await visits();
    await begin();
    await nearlyAll('visit', 200);
    const answers = await Promise.all(Array.from({ length: 12 }, () => begin()));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assert.equal(await visits(), before + 2);
    const refused = answers.find(({ status }) => status === 429);
    assert.match(refused?.text ?? '', /Ab 11 Uhr geht es weiter.*An unseren Terminals/s);
    assert.ok(Number(refused?.headers.get('retry-after')) > 0);
    const reader = createClient(busy.origin);
    assert.equal((await reader.post('/visit/settings', { language: 'en', return: '/' })).status, 303);
    assert.match((await reader.get('/')).text, /<html lang="en"/, 'how somebody reads needs no visit');
    assert.equal(await visits(), before + 2, 'by no other way either');
    const terminal = await arrive(busy.origin, 'rathaus-1');
    assert.equal((await begin(terminal.client)).status, 303);
    await busy.at('2026-11-23T11:00:00+01:00', async () => assert.equal((await begin()).status, 303));
  });

  it('refuses nobody another language or size, and loses nothing that was typed on the page', async () => {
    const number = 'ABCD-1234';
    const first = await arrive(busy.origin);
    await first.client.post('/service/sperrmuell', {});
    await nearlyAll('visit', 201);
    const before = await visits();
    for (const path of ['/status', '/echt', '/terminal']) {
      const person = await arrive(busy.origin);
      await person.open(path);
      const field = path === '/terminal' ? 'code' : 'number';
      for (const [name, value] of [
        ['language', 'en'],
        ['size', '2'],
        ['contrast', 'on'],
      ] as const) {
        const form = person.form(path);
        form.fill(field, number);
        await person.press(form.press({ name, value }));
        assert.equal(person.shown.status, 200, `${path} ${name}`);
        assert.equal(person.form(path).holds(field), number);
        assert.match(person.shown.text, /<html lang="en"/);
      }
      assert.match(person.shown.text, /data-size="2"/);
      // What the page says of it goes along, and the next press acts as ever.
      await person.press(person.form(path).press());
      assert.equal(person.shown.status, 422);
      const said = person.errors;
      assert.ok(said.length > 0);
      await person.press(person.form(path).press({ name: 'language', value: 'leicht' }));
      assert.deepEqual([person.errors, person.form(path).holds(field)], [said, number]);
      assert.match(person.shown.text, /data-contrast/);
      await person.open(path);
      assert.equal(person.form(path).holds(field), '', 'it is kept nowhere');
      assert.match(person.shown.text, /data-size="2"/);
    }
    const client = createClient(busy.origin);
    const lost = { return: '/status/case', language: 'en', number, text: 'Vogelfrei' };
    const shown = await client.post('/visit/settings', lost);
    assert.match(shown.text, /<html lang="en".*Vogelfrei/s);
    assert.equal(await visits(), before);
  });

  it('lets in whoever has number and code of a case, as often as a person may need it', async () => {
    const person = await arrive(busy.origin);
    await person.walk('sperrmuell', household(84));
    const handed = await person.handIn('sperrmuell');
    await nearlyAll('visit', 201);
    assert.equal((await createClient(busy.origin).post('/service/sperrmuell', {})).status, 429);
    const again = await arrive(busy.origin);
    await again.openCase(handed);
    assert.match(again.shown.text, new RegExp(handed.number));
    const before = await visits();
    const open = () =>
      createClient(busy.origin).post('/status', { number: handed.number, code: handed.code });
    await busy.db
      .updateTable('share')
      .set({ count: 18 })
      .where('what', '=', 'opened')
      .where('subject', '<>', Buffer.alloc(0))
      .execute();
    const statuses = (await Promise.all(Array.from({ length: 5 }, open))).map(({ status }) => status);
    assert.deepEqual([await visits(), statuses.filter((status) => status === 429).length], [before + 2, 3]);
    const { text } = await open();
    assert.match(
      text,
      /Nummer und Code stimmen.*sehr oft geöffnet.*Ab \d+ Uhr geht es weiter.*An unseren Terminals/s,
    );
    assert.doesNotMatch(text, /Anschluss/);
    const standing = await arrive(busy.origin, 'rathaus-1');
    await standing.openCase(handed);
    assert.match(standing.shown.text, new RegExp(handed.number));
  });

  it('takes no more cases of people who have not said who they are, and keeps their answers', async () => {
    const before = await cases();
    const person = await arrive(busy.origin);
    await person.walk('sperrmuell', household(81));
    await person.handIn('sperrmuell');
    await nearlyAll('case', 12);
    const next = await arrive(busy.origin);
    await next.walk('sperrmuell', household(82));
    await next.handIn('sperrmuell');
    const late = await arrive(busy.origin);
    await late.walk('sperrmuell', household(83));
    await late.press(late.review('sperrmuell'));
    assert.equal(late.shown.status, 429);
    assert.match(late.shown.text, /Ihre Angaben sind noch da/);
    assert.equal(await cases(), before + 2);
    await late.open('/service/sperrmuell/review');
    await busy.at('2026-11-23T11:00:00+01:00', () => late.handIn('sperrmuell'));
  });

  it('takes no more files, and says so at the field', async () => {
    const png = sampleFile('sample.png');
    assert.ok(png);
    const person = await arrive(busy.origin);
    const page = '/service/wohnungsgeberbestaetigung/mandate';
    const choose = async (): Promise<void> => {
      const form = person.form(page);
      form.fill('mandate', png);
      await person.press(form.press({ name: '_action', value: 'next' }));
    };
    await person.walk('wohnungsgeberbestaetigung', CONFIRMATION, 'mandate');
    await choose();
    await nearlyAll('file', 101);
    await person.open(page);
    await choose();
    assert.deepEqual([person.shown.status, person.errors], [422, ['mandate: fileOften']]);
  });

  it('takes thirty files by one code of a terminal, and shuts out no phone that shares its address', async () => {
    const png = sampleFile('sample.png');
    assert.ok(png);
    const page = '/service/wohnungsgeberbestaetigung/mandate';
    const home = await arrive(busy.origin);
    await home.walk('wohnungsgeberbestaetigung', CONFIRMATION, 'mandate');
    const chosen = home.form(page);
    chosen.fill('mandate', png);
    await home.press(chosen.press({ name: '_action', value: 'next' }));
    await nearlyAll('file', 101);

    const person = await arrive(busy.origin, 'rathaus-1');
    await person.walk('wohnungsgeberbestaetigung', CONFIRMATION, 'mandate');
    const sends = async (): Promise<number> => {
      const code = new URL(/data-photo="([^"]+)"/.exec(person.shown.text)?.[1] ?? '').pathname;
      const phone = await arrive(busy.origin);
      await phone.open(code);
      await phone.press(phone.form(code).press());
      const form = phone.form(code);
      form.fill('mandate', png);
      const sent = form.press();
      await phone.press(sent);
      assert.equal(phone.shown.status, 200);
      await nearlyAll('link', 30);
      await phone.press(sent);
      assert.equal(phone.shown.status, 200);
      await phone.press(sent);
      return phone.shown.status;
    };
    assert.equal(await sends(), 429);
    await person.press(person.form(page).press({ name: '_action', value: 'look' }));
    await person.press(person.form(page).press({ name: '_action', value: 'other-phone' }));
    assert.equal(await sends(), 429, 'another code takes files again');
  });
});
