/** A terminal asks for a document, and a phone takes its picture: into the visit that stays where it is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile } from '#play';
import { arrive, type ChosenFile, type Citizen, CONFIRMATION, ending, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'wohnungsgeberbestaetigung';
const PAGE = `/service/${SERVICE}/mandate`;
const MINUTE = 60_000;
const NEXT = { name: '_action', value: 'next' };
const LOOK = { name: '_action', value: 'look' };

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const picture = (name = 'sample.png'): ChosenFile => {
  const file = sampleFile(name);
  assert.ok(file);
  return file;
};

/** Somebody at a terminal, on the page that asks for a document. */
async function asked(terminal = 'rathaus-1', page = 'mandate'): Promise<Citizen> {
  const person = await arrive(office.origin, terminal);
  await person.walk(SERVICE, CONFIRMATION, page);
  return person;
}

const withData = (person: Citizen, name: string): string | undefined =>
  findAll(person.page, ({ attributes }) => name in attributes)[0]?.attributes[name];

/** @returns the path that the code on the screen leads to */
function codeOf(person: Citizen): string {
  const url = withData(person, 'data-photo');
  assert.ok(url, person.shown.text);
  return new URL(url).pathname;
}

/** A phone that has used the code. */
async function connected(code: string): Promise<Citizen> {
  const phone = await arrive(office.origin);
  await phone.open(code);
  await phone.press(phone.form(code).press());
  return phone;
}

/** Sends a file from the phone. */
async function sends(phone: Citizen, code: string, file: ChosenFile, name = 'mandate'): Promise<void> {
  await phone.open(`${code}?of=${name}`);
  const form = phone.form(code);
  form.fill(name, file);
  await phone.press(form.press());
}

/** Whether the page shows a button that leads on. */
const leadsOn = (person: Citizen): boolean =>
  findAll(person.page, ({ attributes }) => attributes.value === 'next' && !('hidden' in attributes)).length >
  0;

const look = (person: Citizen): Promise<void> => person.press(person.form(PAGE).press(LOOK));

/** Names of the files that the page shows. */
const kept = (person: Citizen): string[] =>
  findAll(person.page, ({ tag }) => tag === 'img').map(({ attributes }) => attributes.src ?? '');

/** How many codes the office knows. */
const ways = async (): Promise<number> =>
  (await office.db.selectFrom('phone_camera').select('turn').execute()).length;

const gone = async (phone: Citizen, code: string): Promise<void> => {
  await phone.open(code);
  assert.equal(phone.shown.status, 410);
  assert.match(phone.shown.text, /<h1[^>]*>Dieser Link gilt nicht mehr/);
};

describe('a terminal that asks for a document', () => {
  it('has nothing to choose, and goes on once a phone has sent it', async () => {
    const person = await asked();
    assert.ok(!person.form(PAGE).has('mandate'), 'no file of this machine');
    assert.ok(!leadsOn(person));
    const code = codeOf(person);
    const phone = await connected(code);
    await look(person);
    assert.match(person.shown.text, /Ein Handy ist verbunden.*Ist es nicht Ihres/s);
    await sends(phone, code, picture());
    assert.equal(phone.shown.status, 200);
    assert.match(phone.shown.text, /Schauen Sie wieder auf das Terminal/);
    await look(person);
    const [src = ''] = kept(person);
    const shown = await person.client.get(src);
    assert.equal(shown.headers.get('content-type'), 'image/png');
    assert.ok(leadsOn(person));
    await person.press(person.form(PAGE).press(NEXT));
    assert.equal(person.at, 'landlord');
  });

  it('is told of all that comes, as soon as it is there', async () => {
    const person = await asked();
    const code = codeOf(person);
    const news = findAll(person.page, ({ tag }) => tag === 'am-wait')[0]?.attributes['data-href'] ?? '';
    const waiting = person.client.get(news);
    const phone = await connected(code);
    assert.equal((await waiting).text, 'news', 'the phone is connected');
    await look(person);
    const next = findAll(person.page, ({ tag }) => tag === 'am-wait')[0]?.attributes['data-href'] ?? '';
    const more = person.client.get(next);
    await sends(phone, code, picture());
    assert.equal((await more).text, 'news', 'a picture has come');
  });

  it('lets a picture be taken away again, and another be sent', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, picture());
    await look(person);
    await person.press(person.form(PAGE).press({ name: '_action', value: 'drop:mandate' }));
    assert.deepEqual(kept(person), []);
    await sends(phone, code, picture());
    await look(person);
    assert.equal(kept(person).length, 1);
    await sends(phone, code, picture('sample.pdf'));
    const files = await office.db.selectFrom('draft_file').select('id').execute();
    await look(person);
    assert.match(person.shown.text, /sample\.pdf/);
    assert.equal(files.length, (await office.db.selectFrom('draft_file').select('id').execute()).length);
  });

  it('has no picture and no file under a name that every object has', async () => {
    const person = await asked();
    for (const name of ['__proto__', 'constructor', 'toString', 'nothing']) {
      assert.equal((await person.client.get(`${PAGE}/picture?of=${name}`)).status, 404, name);
      const sent = person.form(PAGE).press(LOOK);
      const others = sent.entries.filter(([field]) => field !== '_action');
      for (const action of [`drop:${name}`, `add:${name}`, `edit:${name}:0`, `remove:${name}:0`]) {
        const { status } = await person.send({ ...sent, entries: [...others, ['_action', action]] });
        assert.ok(status < 500, action);
      }
    }
    const code = codeOf(person);
    const phone = await connected(code);
    await phone.open(`${code}?of=__proto__`);
    assert.equal(phone.shown.status, 200);
  });

  it('takes no picture that its page did not show, and takes none away unseen', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, picture());
    await look(person);
    const shown = person.form(PAGE);
    for (const action of ['next', 'drop:mandate']) {
      await sends(phone, code, picture('sample.pdf'));
      await person.press(shown.press({ name: '_action', value: action }));
      assert.equal(person.at, 'mandate', action);
      assert.deepEqual(person.errors, ['mandate: formOutdated'], action);
      assert.match(person.shown.text, /sample\.pdf/);
    }
    await person.press(person.form(PAGE).press(NEXT));
    assert.equal(person.at, 'landlord');
  });

  it('says what is wrong with a file, on the phone', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, {
      name: 'a.gif',
      mediaType: 'image/gif',
      content: Buffer.from('GIF89a'.padEnd(99)),
    });
    assert.equal(phone.shown.status, 422);
    assert.deepEqual(phone.errors, ['mandate: fileWrongType']);
    assert.match(phone.shown.text, /<am-errors><p [^>]*tabindex="-1"/, 'it has the focus');
    const fields = findAll(phone.page, ({ attributes }) => attributes.type === 'file');
    const names = fields.map(({ attributes }) => attributes['aria-label']);
    for (const name of names)
      assert.match(phone.shown.text, new RegExp(`<span class="file-words"[^>]*>${name}<`));
    assert.equal(new Set(names).size, 2, 'each is named by its words');
    await phone.press(phone.form(code).press());
    assert.deepEqual(phone.errors, ['mandate: fileMissing']);
    await look(person);
    assert.deepEqual(person.errors, [], 'the terminal says nothing of it');
  });
});

describe('the code for a picture', () => {
  it('is for one phone, when its button is pressed', async () => {
    const person = await asked();
    const code = codeOf(person);
    // Cameras and messengers fetch a link to show what is behind it.
    for (const method of ['HEAD', 'GET']) await fetch(new URL(code, office.origin), { method });
    await connected(code);
    const other = await arrive(office.origin);
    await other.open(code);
    assert.equal(other.shown.status, 410);
    assert.match(other.shown.text, /Ein anderes Handy ist schon verbunden/);
    await look(person);
    await person.press(person.form(PAGE).press({ name: '_action', value: 'other-phone' }));
    assert.notEqual(codeOf(person), code);
    await gone(other, code);
    const second = await connected(codeOf(person));
    await sends(second, codeOf(person), picture());
    assert.equal(second.shown.status, 200);
  });

  it('sends a stranger’s phone away with all that came by it, and not the next one when pressed twice', async () => {
    const person = await asked();
    const code = codeOf(person);
    const stranger = await connected(code);
    await sends(stranger, code, picture());
    await look(person);
    assert.match(person.shown.text, /Ist es nicht Ihres/);
    const away = person.form(PAGE).press({ name: '_action', value: 'other-phone' });
    const before = (await office.db.selectFrom('draft_file').select('id').execute()).length;
    await person.press(away);
    assert.deepEqual(kept(person), []);
    assert.equal((await office.db.selectFrom('draft_file').select('id').execute()).length, before - 1);
    const next = codeOf(person);
    const phone = await connected(next);
    await sends(phone, next, picture());
    await person.press(away);
    assert.equal(codeOf(person), next);
    assert.equal(kept(person).length, 1);
    await sends(phone, next, picture('sample.pdf'));
    assert.equal(phone.shown.status, 200);
  });

  it('takes nothing that is still under way when its phone is sent away', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await look(person);
    const away = person.form(PAGE).press({ name: '_action', value: 'other-phone' });
    const form = phone.form(code);
    form.fill('mandate', picture());
    await Promise.all([phone.press(form.press()), person.press(away)]);
    await person.open(PAGE);
    assert.deepEqual(kept(person), []);
  });

  it('says where the terminal stands and what the picture is for', async () => {
    const code = codeOf(await asked());
    const phone = await arrive(office.origin);
    await phone.open(code);
    const where = /Für das Terminal: Rathaus am Marktplatz. Leistung: Einzug bestätigen/;
    const words = (): string => phone.shown.text.replaceAll('<span class="shy"></span>', '');
    assert.match(words(), where);
    await phone.press(phone.form(code).press());
    assert.match(words(), where);
  });

  it('says what is missing on a phone that keeps no cookie', async () => {
    const code = codeOf(await asked());
    const phone = await arrive(office.origin);
    await phone.open(code);
    const { action } = phone.form(code).press();
    const answer = await fetch(new URL(action, office.origin), {
      method: 'POST',
      headers: { origin: office.origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(),
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /Dieses Handy lässt sich nicht verbinden/);
  });

  it('asks anew on the phone when all was taken away at the terminal', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, picture());
    await look(person);
    await person.press(person.form(PAGE).press({ name: '_action', value: 'drop:mandate' }));
    await phone.open(`${code}?sent`);
    assert.ok(phone.form(code).has('mandate'));
  });

  it('tells a phone of two that press at once, and no other', async () => {
    const code = codeOf(await asked());
    const phones = await Promise.all([arrive(office.origin), arrive(office.origin)]);
    for (const phone of phones) await phone.open(code);
    await Promise.all(phones.map((phone) => phone.press(phone.form(code).press())));
    assert.deepEqual(phones.map(({ shown }) => shown.status).sort(), [200, 410]);
  });

  it('may be used again by the same phone, whose answer was lost, and in two tabs of it', async () => {
    const code = codeOf(await asked());
    const phone = await arrive(office.origin);
    await phone.open(code);
    const press = phone.form(code).press();
    await phone.send(press);
    await phone.press(press);
    assert.equal(phone.shown.status, 200);
    assert.ok(phone.form(code).has('mandate'));
    const form = phone.form(code);
    form.fill('mandate', picture());
    const sent = form.press();
    await phone.send(sent);
    await phone.press(sent);
    assert.match(phone.shown.text, /Schauen Sie wieder auf das Terminal/);
  });

  it('works for a quarter of an hour', async () => {
    const person = await asked();
    const code = codeOf(person);
    await office.pass(8 * MINUTE);
    const phone = await connected(code);
    await office.pass(6 * MINUTE);
    await sends(phone, code, picture());
    assert.equal(phone.shown.status, 200);
    await office.pass(2 * MINUTE);
    await gone(phone, code);
    await look(person);
    await person.press(person.form(PAGE).press({ name: '_action', value: 'drop:mandate' }));
    assert.notEqual(codeOf(person), code, 'the terminal shows another');
  });

  it('is worth nothing once the visit has ended', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    const form = phone.form(code);
    form.fill('mandate', picture());
    const before = await ways();
    await person.press(ending(person));
    await phone.press(form.press());
    assert.equal(phone.shown.status, 410);
    await gone(phone, code);
    assert.equal(await ways(), before - 1, 'nothing is left');
  });

  it('is worth nothing once the page is answered, or does not apply any more', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, picture());
    await look(person);
    const elsewhere = codeOf(person);
    assert.equal(elsewhere, code);
    await person.press(person.form(PAGE).press(NEXT));
    await gone(phone, code);
    await person.open(PAGE);
    assert.equal(withData(person, 'data-photo'), undefined, 'all that is asked for is there');
    await person.press(person.form(PAGE).press({ name: '_action', value: 'drop:mandate' }));
    const again = codeOf(person);
    assert.notEqual(again, code);
    const second = await connected(again);
    await person.open(`/service/${SERVICE}/role`);
    const role = person.form(`/service/${SERVICE}/role`);
    role.fill('role', 'owner');
    await person.press(role.press(NEXT));
    await gone(second, again);
  });

  it('opens nothing at another terminal, and is no use to whoever only knows the database', async () => {
    const person = await asked();
    const code = codeOf(person);
    const other = await arrive(office.origin, 'rathaus-2');
    await gone(other, code);
    const rows = await office.db.selectFrom('phone_camera').selectAll().execute();
    const bytes = Buffer.concat(rows.flatMap(({ token_hash, sealed }) => [token_hash, sealed])).toString(
      'latin1',
    );
    for (const clear of [code.split('/').at(-1) ?? '', SERVICE, 'mandate']) assert.ok(!bytes.includes(clear));
  });

  it('is not taken from another site, nor for a question of another page', async () => {
    const code = codeOf(await asked());
    const phone = await arrive(office.origin);
    await phone.open(code);
    const forged = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    assert.equal((await phone.send(phone.form(code).press(), forged)).status, 403);
    await phone.press(phone.form(code).press());
    const sent = phone.form(code).press();
    const answer = await phone.send({ ...sent, entries: [...sent.entries, ['landlordName', picture()]] });
    assert.equal(answer.status, 422);
  });

  it('shows the phone what is asked for, and nothing of what was said', async () => {
    const code = codeOf(await asked());
    const phone = await arrive(office.origin);
    const shown: string[] = [];
    await phone.open(code);
    shown.push(phone.shown.text);
    await phone.press(phone.form(code).press());
    shown.push(phone.shown.text);
    await sends(phone, code, picture());
    shown.push(phone.shown.text);
    assert.match(shown.join(''), /Vollmacht/);
    for (const typed of ['Ünlü', 'Amalienstraße', '76133', 'Petra'])
      assert.ok(!shown.join('').includes(typed), typed);
    await phone.open(PAGE);
    assert.notEqual(phone.at, 'mandate', 'the phone holds nothing of the visit');
  });

  it('ends with the way to the phone, which takes the whole visit', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await person.press(person.form('/visit/handover').press());
    const [offered] = findAll(person.page, ({ attributes }) => 'data-handover' in attributes);
    const way = new URL(offered?.attributes['data-handover'] ?? '').pathname;
    const own = await arrive(office.origin);
    await own.open(way);
    await own.press(own.form(way).press());
    await gone(phone, code);
    assert.ok(own.form(PAGE).has('mandate'), 'there a file is chosen as anywhere');
  });

  it('gives way to another when the visit gets a new key', async () => {
    const person = await asked();
    const code = codeOf(person);
    const identity = `/service/${SERVICE}/identity`;
    await person.open(identity);
    await person.press(person.form(identity).press({ name: '_action', value: 'again' }));
    assert.ok(await person.signsIn(CONFIRMATION));
    await person.open(PAGE);
    assert.notEqual(codeOf(person), code);
    await gone(await arrive(office.origin), code);
    const phone = await connected(codeOf(person));
    await sends(phone, codeOf(person), picture());
    assert.equal(phone.shown.status, 200);
  });

  it('stands in no line of the log', async () => {
    const person = await asked();
    const code = codeOf(person);
    const phone = await connected(code);
    await sends(phone, code, picture());
    assert.ok(!office.logged().includes(code.split('/').at(-1) ?? ''));
  });
});

describe('before a service begins', () => {
  it('a terminal says that a phone may be needed, and a screen of one’s own does not', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.open(`/service/${SERVICE}`);
    assert.match(person.shown.text, /Ein Handy für ein Foto/);
    await person.open('/service/sperrmuell');
    assert.doesNotMatch(person.shown.text, /Ein Handy für ein Foto/);
    const home = await arrive(office.origin);
    await home.open(`/service/${SERVICE}`);
    assert.doesNotMatch(home.shown.text, /Ein Handy für ein Foto/);
  });
});

describe('an answer to the office', () => {
  it('has files on people’s own screens alone, and a terminal says so', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk('sperrmuell', household(88));
    const handed = await person.handIn('sperrmuell');
    await person.openCase(handed);
    assert.ok(!person.form('/status/case/answer').has('file'));
    assert.match(person.shown.text, /Auch dort brauchen Sie Nummer und Code/);
    const home = await arrive(office.origin);
    await home.openCase(handed);
    assert.ok(home.form('/status/case/answer').has('file'));
  });
});
