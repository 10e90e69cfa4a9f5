import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile, textOf } from '#play';
import { arrive, type ChosenFile, type Citizen, CONFIRMATION, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const PAGE = `/service/${SERVICE}/address`;
const MOVE = '/status/case/date';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

describe('what is wrong on a page', () => {
  it('is said in the language that somebody turns to because of it, beside what was typed', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(11), 'address');
    const form = person.form(PAGE);
    form.fill('address.street', 'Waldstraße');
    await person.press(form.press({ name: '_action', value: 'next' }));
    const said = person.errors;
    assert.ok(said.length > 0);
    for (const [name, value] of [
      ['language', 'en'],
      ['size', '2'],
      ['language', 'leicht'],
    ] as const) {
      await person.press(person.form(PAGE).press({ name, value }));
      assert.equal(new URL(person.shown.url).pathname, PAGE);
      assert.deepEqual(person.errors, said, `${name} ${value}`);
      assert.equal(person.form(PAGE).holds('address.street'), 'Waldstraße');
    }
  });

  it('is not said any more once the page was answered', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(12), 'address');
    await person.press(person.form(PAGE).press({ name: '_action', value: 'next' }));
    assert.ok(person.errors.length > 0);
    const form = person.fill(SERVICE, household(12));
    await person.press(form.press({ name: '_action', value: 'next' }));
    assert.equal(person.at, 'place');
    await person.open(PAGE);
    assert.deepEqual(person.errors, []);
  });
});

describe('what is searched for', () => {
  const WORD = 'Kühlschrank & Co';

  it('stands in the search of the first page once more in another language, and Enter still searches', async () => {
    const person = await arrive(office.origin);
    await person.open('/');
    for (const [name, value] of [
      ['language', 'tr'],
      ['size', '2'],
    ] as const) {
      const search = person.form('/search');
      if (name === 'language') search.fill('q', WORD);
      await person.press(search.press({ name, value }));
      assert.equal(new URL(person.shown.url).pathname, '/');
      assert.equal(person.form('/search').holds('q'), WORD);
    }
    const sent = person.form('/search').press();
    assert.deepEqual([sent.method, sent.entries], ['GET', [['q', WORD]]]);
    // Enter presses the first button of a form, wherever on the page it stands.
    const [first] = findAll(
      person.page,
      ({ tag, attributes }) => tag === 'button' && attributes.form === 'search-form',
    );
    assert.equal(first?.attributes.formaction, undefined);
  });

  it('is found again in another language', async () => {
    const person = await arrive(office.origin);
    await person.open(`/search?q=${encodeURIComponent(WORD)}`);
    await person.press(person.form('/visit/settings').press({ name: 'language', value: 'ar' }));
    const { pathname, searchParams } = new URL(person.shown.url);
    assert.deepEqual([pathname, searchParams.get('q')], ['/search', WORD]);
  });
});

describe('the links at the top of a page', () => {
  it('can be told apart, and each leads to a field of the page', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(25), 'address');
    await person.press(person.form(PAGE).press({ name: '_action', value: 'next' }));
    const said = findAll(
      person.page,
      ({ tag, attributes }) => tag === 'a' && /^#f-/.test(attributes.href ?? ''),
    );
    assert.equal(said.length, person.errors.length);
    assert.ok(said.length > 1, said.map(textOf).join('\n'));
    assert.equal(new Set(said.map(textOf)).size, said.length, said.map(textOf).join('\n'));
    for (const { attributes } of said)
      assert.equal(findAll(person.page, (one) => `#${one.attributes.id}` === attributes.href).length, 1);
  });
});

describe('a page that goes on after one of its buttons', () => {
  const HOUSEHOLD = '/service/wohnungsgeberbestaetigung/persons';
  const leads = async (person: Citizen, value: string): Promise<void> => {
    const { headers } = await person.send(person.form(HOUSEHOLD).press({ name: '_action', value }));
    const { pathname, search, hash } = new URL(headers.get('location') ?? '', office.origin);
    await person.open(pathname + search);
    const at = findAll(person.page, ({ attributes }) => attributes.id === hash.slice(1));
    assert.equal(at.length, 1, `${value} leads to ${hash}`);
    assert.ok(at[0]?.tag === 'input' || at[0]?.attributes.tabindex === '-1', `${hash} can have the focus`);
  };

  it('leads to the first field of another person, and to all of them when one is taken off', async () => {
    const person = await arrive(office.origin);
    const content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0);
    const answers = { ...CONFIRMATION, mandate: { name: 'v.pdf', mediaType: 'application/pdf', content } };
    await person.walk('wohnungsgeberbestaetigung', answers, 'persons');
    const form = person.fill('wohnungsgeberbestaetigung', answers);
    await person.press(form.press({ name: '_action', value: 'add:persons' }));
    await person.open(HOUSEHOLD);
    await leads(person, 'add:persons');
    await person.open(HOUSEHOLD);
    await leads(person, 'remove:persons:0');
    assert.match(textOf(person.page), /Entfernt: Person 1/);
  });

  it('takes a person off who is half filled in, asks nothing of them, and says so', async () => {
    const person = await arrive(office.origin);
    const content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0);
    const answers = { ...CONFIRMATION, mandate: { name: 'v.pdf', mediaType: 'application/pdf', content } };
    await person.walk('wohnungsgeberbestaetigung', answers, 'persons');
    const form = person.fill('wohnungsgeberbestaetigung', answers);
    await person.press(form.press({ name: '_action', value: 'add:persons' }));
    const added = person.form(HOUSEHOLD);
    added.fill('persons[1].givenNames', 'Zoë');
    await person.press(added.press({ name: '_action', value: 'remove:persons:1' }));
    assert.deepEqual([person.shown.status, ...person.errors], [200]);
    assert.match(textOf(person.page), /Entfernt: Person 2/);
    assert.equal(person.shown.text.split('edit:persons:').length - 1, 1, 'the other one stays');
    assert.doesNotMatch(person.shown.text, /persons\[1\]/);
  });
});

describe('number and code of a case', () => {
  it('are asked for again with what is wrong with each, and what was right stays', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(15));
    const { number, code } = await person.handIn(SERVICE);
    const last = number.at(-1) === '3' ? '4' : '3';
    const tried = async (typed: { number: string; code: string }): Promise<string> => {
      const someone = await arrive(office.origin);
      await someone.open('/status');
      const form = someone.form('/status');
      for (const [name, value] of Object.entries(typed)) form.fill(name, value);
      await someone.press(form.press());
      if (new URL(someone.shown.url).pathname === '/status/case') return 'open';
      assert.equal(someone.form('/status').holds('number'), typed.number);
      assert.equal(someone.form('/status').holds('code'), typed.code);
      return someone.errors.map((error) => error.split(': ')[1]).join();
    };
    assert.equal(await tried({ number, code: '' }), 'codeMissing');
    assert.equal(await tried({ number: '', code: '' }), 'numberMissing,codeMissing');
    assert.equal(await tried({ number: number.slice(0, -1) + last, code }), 'numberSlip');
    assert.equal(await tried({ number: number.slice(1), code }), 'numberLength');
    assert.equal(await tried({ number, code: `${code.slice(0, -1)}O` }), 'codeLookAlike');
    assert.equal(await tried({ number: code, code: number }), 'open');
    assert.equal(await tried({ number: `Nummer: ${number}, Code: ${code}`, code: '' }), 'open');
  });
});

describe('moving a date', () => {
  const events = () =>
    office.db.selectFrom('case_event').select('kind').where('kind', '=', 'moved').execute();

  it('asks for the new one when none was chosen, and says nothing of others', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(13));
    const { number, code } = await person.handIn(SERVICE);
    await person.openCase({ number, code });
    await person.open(MOVE);
    const moved = (await events()).length;
    const answer = await person.send(person.form(MOVE).press());
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Bitte wählen Sie den neuen Termin/);
    assert.doesNotMatch(answer.text, /vergeben worden/);
    assert.equal((await events()).length, moved);
  });

  it('does nothing when it is the date that somebody has', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(14));
    const { number, code } = await person.handIn(SERVICE);
    await person.openCase({ number, code });
    const { slot_id } = await office.db
      .selectFrom('booking')
      .innerJoin('cases', 'cases.id', 'booking.case_id')
      .select('booking.slot_id')
      .where('cases.number', '=', number.replace(/\D/g, ''))
      .executeTakeFirstOrThrow();
    const moved = (await events()).length;
    await person.open(MOVE);
    const form = person.form(MOVE);
    const press = form.press();
    const answer = await person.send({ ...press, entries: [...press.entries, ['slot', slot_id]] });
    assert.equal(answer.headers.get('location'), '/status/case');
    assert.equal((await events()).length, moved);
  });
});

describe('the forms on the page of a case', () => {
  const ANSWER = '/status/case/answer';
  const NEXT = { name: '_action', value: 'next' };
  const file = (name: string, content: Buffer): ChosenFile => ({
    name,
    mediaType: 'application/pdf',
    content,
  });
  const GIF = file('foto.pdf', Buffer.from('GIF89a'.padEnd(100, 'x')));

  async function opened(house: number): Promise<Citizen> {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(house));
    await person.openCase(await person.handIn(SERVICE));
    return person;
  }
  const title = (person: Citizen): string =>
    findAll(person.page, ({ tag }) => tag === 'title')
      .map(textOf)
      .join();
  /** What has the focus when the page has loaded. */
  const focused = (person: Citizen): string =>
    findAll(person.page, ({ tag }) => tag === 'am-errors')
      .map((one) => textOf(one).replace(/\s+/g, ' ').trim())
      .join();
  const links = (person: Citizen): string[] =>
    findAll(
      person.page,
      ({ tag, attributes }) => tag === 'a' && (attributes.href ?? '').startsWith('#f-'),
    ).map(({ attributes }) => (attributes.href ?? '').slice(1));
  const isThere = (person: Citizen, id: string): boolean =>
    findAll(person.page, ({ attributes }) => attributes.id === id).length === 1;

  it('are reached without a camera as well: the address stands beside the picture that leads there', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(24));
    await person.handIn(SERVICE);
    const [, address = ''] =
      /Mit Nummer und Code sehen Sie jederzeit, wie es weitergeht\. Im Internet: ([^ ]+\/status)\./.exec(
        person.shown.text,
      ) ?? [];
    assert.equal(address, `${new URL(office.origin).host}/status`);
    const receipt = person.receipt();
    await person.openCase(receipt);
    assert.equal(new URL(person.shown.url).pathname, '/status/case', 'what is typed there opens the case');
  });

  it('count the end of a line as one character, and keep what is too long', async () => {
    const person = await opened(25);
    const sends = async (last: string): Promise<void> => {
      const form = person.form(ANSWER);
      form.fill('text', [...Array.from({ length: 999 }, () => 'xyz'), last].join('\n'));
      await person.press(form.press(NEXT));
    };
    await sends('Schluss');
    assert.match(focused(person), /höchstens 4\.000 Zeichen/);
    assert.match(person.shown.text, /xyz\r?\nSchluss/);
    await sends('Ende');
    assert.equal(focused(person), 'Ihre Antwort ist abgesendet');
  });

  it('say at the top what is wrong with an answer, and of which file, and that it was sent', async () => {
    const person = await opened(21);
    await person.press(person.form(ANSWER).press(NEXT));
    assert.match(title(person), /^Fehler: /);
    assert.match(focused(person), /Stelle noch einmal.*Bitte schreiben Sie etwas/);
    const form = person.form(ANSWER);
    form.fill('text', 'Anbei.');
    form.fill('file', GIF);
    await person.press(form.press(NEXT));
    assert.match(focused(person), /foto\.pdf: Diese Art von Datei/);
    assert.deepEqual(links(person), ['f-file']);
    assert.ok(isThere(person, 'f-file'));
    await person.press(person.form(ANSWER).press(NEXT));
    assert.match(title(person), /^Ihre Antwort ist abgesendet/);
    assert.equal(focused(person), 'Ihre Antwort ist abgesendet');
    await person.open('/status/case');
    assert.equal(focused(person), '', 'once');
  });

  it('say nothing old: not when the page is opened anew, and not beside what was done meanwhile', async () => {
    const person = await opened(22);
    for (const isMoved of [false, true]) {
      await person.press(person.form(ANSWER).press(NEXT));
      assert.match(title(person), /^Fehler: /);
      if (isMoved) {
        await person.open(MOVE);
        const move = person.form(MOVE);
        const dates = findAll(person.page, ({ attributes }) => attributes.name === 'slot');
        move.fill('slot', dates.at(-1)?.attributes.value ?? '');
        await person.press(move.press());
        assert.match(focused(person), /^Ihr Termin ist verschoben$/);
      } else await person.open('/status/case');
      assert.doesNotMatch(title(person), /Fehler/);
      assert.deepEqual(person.errors, []);
    }
    const withdraw = person.form('/status/case/withdraw');
    withdraw.fill('sure', 'yes');
    await person.press(withdraw.press());
    assert.equal(focused(person), 'Ihr Antrag ist zurückgezogen');
    assert.doesNotMatch(title(person), /Fehler/);
  });

  it('lead from the top to a date that was not chosen, and to a tick that was not set', async () => {
    const person = await opened(23);
    await person.press(person.form('/status/case/withdraw').press());
    assert.match(title(person), /^Fehler: /);
    assert.match(focused(person), /Häkchen/);
    assert.deepEqual(links(person), ['f-sure']);
    assert.ok(isThere(person, 'f-sure'));
    await person.open(MOVE);
    await person.press(person.form(MOVE).press());
    assert.match(title(person), /^Fehler: /);
    assert.match(focused(person), /Bitte wählen Sie den neuen Termin/);
    assert.deepEqual(links(person), ['f-slot']);
    const [group] = findAll(person.page, ({ attributes }) => attributes.id === 'f-slot');
    assert.ok(isThere(person, group?.attributes['aria-describedby'] ?? ''));
    const dates = findAll(person.page, ({ attributes }) => attributes.name === 'slot');
    assert.ok(dates.every(({ attributes }) => attributes['aria-invalid'] === 'true'));
  });
});
