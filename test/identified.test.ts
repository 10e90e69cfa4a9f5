import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, ending, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { createClient, hiddenField } from '#test/client';
import { QUOTED, type Quoted } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose, signInAs } from '#test/sign-in';
import { plainErrorText } from '#web';

const LEAVING = 'abmeldung-ins-ausland';
const POINTS = 'punkteauskunft';
const CONFIRM = 'wohnungsgeberbestaetigung';
/** What the ID does not answer, and what would answer it in somebody else's place. */
const ANSWERS = {
  ...{ situation: 'abroad', who: 'alone', birthName: 'Gabler' },
  ...{ 'moveOut.day': '27', 'moveOut.month': '11', 'moveOut.year': '2026' },
  ...{ dwellingStatus: 'sole', state: 'ESP', addressKnown: 'no', correct: 'yes' },
};
const MALLORY = {
  ...{ familyName: 'Mallory', givenNames: 'Mallory', identity: 'high', level: 'high', provider: 'bundid' },
  ...{ 'birthDate.day': '1', 'birthDate.month': '1', 'birthDate.year': '2001', birthDate: '2001-01-01' },
  ...{ 'identity.level': 'high', 'attributes.familyName': 'Mallory', __proto__identity: 'high' },
};

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function atSignIn(service: string, answers: Record<string, string> = ANSWERS): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(service, answers, 'identity');
  return person;
}

/** Sends the page that is shown with more fields than it has. */
async function forge(person: Citizen, fields: Record<string, string>, action?: string): Promise<void> {
  const { pathname } = new URL(person.shown.url);
  const { entries, ...form } = person.form(pathname).press();
  const own = entries.filter(([name]) => !(name in fields) && name !== '_action');
  const sent = [...own, ...Object.entries(fields), ['_action', action ?? 'next'] as const];
  await person.press({ ...form, entries: sent });
}

/** Goes on from the page that is shown until the review. */
async function goOn(person: Citizen, service: string): Promise<void> {
  for (let pages = 0; person.at !== 'review' && pages < 20; pages += 1) {
    const form = person.fill(service, ANSWERS);
    const next = { name: '_action', value: 'next' };
    await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
  }
  assert.equal(person.at, 'review');
}

/** What the person of these tests has said, or the ID has told. */
const SAID = /Mustermann|Erika|1964|Kaiserstr|Amalienstr|Ünlü|Łukasz|sample/;

/** Id and key of the visit, in its cookie. */
const VISIT = /__Host-visit=([\w-]+)\.([\w-]+)/;

const at = (person: Citizen): string => new URL(person.shown.url).pathname;

it('whoever comes back signed in hears so first, in the title and where the focus is; not on each further look', async () => {
  const person = await atSignIn(LEAVING);
  await signInAs(person, office.origin, 'erika');
  assert.match(person.shown.text, /<title>Sie sind angemeldet\. /);
  const focused = /<am-errors><div [^>]*tabindex="-1"[^>]*>.*?Sie sind angemeldet\..*?<\/am-errors>/;
  assert.match(person.shown.text, focused);
  await person.open(new URL(person.shown.url).pathname);
  assert.match(person.shown.text, /Sie sind angemeldet\./);
  assert.doesNotMatch(person.shown.text, /<am-errors>|<title>Sie sind/);
});

describe('a visit in which somebody identifies', () => {
  let person: Citizen;
  let old: string;
  let people = 80;
  beforeEach(async () => {
    people += 1;
    const mandate = sampleFile('sample.pdf');
    assert.ok(mandate);
    person = await arrive(office.origin);
    await person.walk('sperrmuell', household(people), 'rules');
    await person.walk(CONFIRM, { ...CONFIRMATION, mandate });
    await person.walk(LEAVING, ANSWERS, 'identity');
    old = person.client.cookies().join('; ');
    await signInAs(person, office.origin, 'erika');
    assert.match(person.shown.text, /Mustermann/);
  });

  it('has another id and another key; the old ones hold nothing, not even mixed with the new', async () => {
    const parts = (cookie: string): string[] => VISIT.exec(cookie)?.slice(1) ?? [];
    const [oldId = '', oldKey = ''] = parts(old);
    const [id = '', key = ''] = parts(person.client.cookies().join('; '));
    assert.ok(oldId && oldKey && id && key && id !== oldId && key !== oldKey);
    for (const cookie of [`${oldId}.${oldKey}`, `${id}.${oldKey}`, `${oldId}.${key}`]) {
      const client = createClient(office.origin);
      const ask = (path: string) => client.send(path, { headers: { cookie: `__Host-visit=${cookie}` } });
      for (const path of [`${LEAVING}/identity`, 'sperrmuell/address', `${CONFIRM}/mandate`]) {
        const { status, text } = await ask(`/service/${path}`);
        assert.equal(status, 410, 'it is over');
        assert.doesNotMatch(text, SAID);
      }
    }
    const rows = await office.db.selectFrom('visit').select('id').where('id', 'in', [id, oldId]).execute();
    assert.deepEqual(rows, [{ id }]);
  });

  it('still has its files and the place it holds, and hands them in', async () => {
    const bookings = async () =>
      (await office.db.selectFrom('booking').select('state').where('id', '=', booking.id).execute()).map(
        ({ state }) => state,
      );
    const [, visit = ''] = VISIT.exec(person.client.cookies().join('; ')) ?? [];
    const booking = await office.db
      .selectFrom('booking')
      .select('id')
      .where('visit_id', '=', visit)
      .executeTakeFirstOrThrow();
    await person.open(`/service/${CONFIRM}/review`);
    const { number } = await person.handIn(CONFIRM);
    await office.work();
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(number)) ?? '';
    const file = /files\/[0-9a-f-]{36}/.exec((await clerk.get(path)).text)?.[0];
    const download = await clerk.get(`${path}/${file}`);
    assert.deepEqual([download.status, download.headers.get('content-type')], [200, 'application/pdf']);
    assert.deepEqual(await bookings(), ['held']);
    await person.open('/service/sperrmuell/rules');
    const form = person.fill('sperrmuell', household(people));
    await person.press(form.press({ name: '_action', value: 'next' }));
    await person.handIn('sperrmuell');
    assert.deepEqual(await bookings(), ['confirmed']);
  });

  it('knows nothing of anybody any more once it has ended', async () => {
    const cookie = person.client.cookies().join('; ');
    await person.open('/');
    await person.press(ending(person));
    const answer = await createClient(office.origin).send(`/service/${LEAVING}/identity`, {
      headers: { cookie },
    });
    assert.equal(answer.status, 410);
    assert.doesNotMatch(answer.text, SAID);
  });
});

describe('what stands on the ID', () => {
  it('cannot be changed by fields that the page does not have', async () => {
    const person = await atSignIn(LEAVING);
    await signInAs(person, office.origin, 'erika');
    for (const name of ['familyName', 'givenNames', 'birthDate.day'])
      assert.equal(person.form(at(person)).has(name), false, `${name} is not asked`);
    await forge(person, { ...MALLORY, birthName: 'Gabler' });
    await goOn(person, LEAVING);
    assert.match(person.shown.text, /Mustermann/);
    assert.doesNotMatch(person.shown.text, /Mallory|2001/);
    const { number } = await person.handIn(LEAVING);
    await office.work();
    const clerk = await signIn(office.origin, 'oa');
    const { text } = await clerk.get((await clerk.find(number)) ?? '');
    assert.match(text, /BundID, Deutscher Personalausweis, Vertrauensniveau hoch/);
    assert.match(text, /Mustermann/);
    assert.match(text, /Gabler/);
    assert.doesNotMatch(text, /Mallory|2001/);
  });

  it('can be changed where the law does not want it as on the ID', async () => {
    const person = await atSignIn(LEAVING);
    await signInAs(person, office.origin, 'erika');
    assert.match(person.shown.text, /value="Kaiserstraße"/);
    await forge(person, {
      birthName: 'Gabler',
      'dwelling.street': 'Waldstraße',
      'dwelling.houseNumber': '3',
    });
    await goOn(person, LEAVING);
    assert.match(person.shown.text, /Waldstraße 3/);
  });

  it('is forgotten when the person goes on without after all', async () => {
    const person = await atSignIn(LEAVING);
    await signInAs(person, office.origin, 'erika');
    for (const action of ['again', 'without'])
      await person.press(person.form(at(person)).press({ name: '_action', value: action }));
    assert.doesNotMatch(person.shown.text, /Mustermann|Erika|1964/);
    const typed = {
      familyName: 'Nguyễn',
      givenNames: 'An',
      birthName: '',
      'birthDate.day': '3',
      'birthDate.month': '5',
      'birthDate.year': '1984',
    };
    const home = {
      'dwelling.street': 'Waldstraße',
      'dwelling.houseNumber': '3',
      'dwelling.postcode': '76133',
      'dwelling.city': 'Karlsruhe',
    };
    await forge(person, { ...typed, ...home, identity: 'high' });
    assert.equal(person.at, 'paper', 'who has not shown an ID tells its number');
  });

  it('takes the place of what another person’s ID has told', async () => {
    const person = await atSignIn(POINTS, { way: 'online' });
    await signInAs(person, office.origin, 'hans');
    assert.match(person.shown.text, /Rastatt/);
    await person.press(person.form(at(person)).press({ name: '_action', value: 'again' }));
    await signInAs(person, office.origin, 'suharto');
    assert.match(person.shown.text, /Surabaya/);
    assert.doesNotMatch(person.shown.text, /Groß|Hans-J|Rastatt|1958|Erzberger/);
  });
});

describe('what the ID tells and what was said before', () => {
  it('is told where both cannot be true, until that person is gone', async () => {
    const said = { ...{ document: 'birth', place: 'here', relation: 'descendant', acting: 'me' } };
    const born = { 'bornOn.day': '1', 'bornOn.month': '5', 'bornOn.year': '2010' };
    const child = {
      childGivenNames: 'Käthe',
      childFamilyName: 'Pfeiffer',
      entryKnown: 'no',
      parentsKnown: 'no',
    };
    const order = { purpose: 'marrying', paper: 'extract', copies: '1' };
    const person = await atSignIn('urkunden', { ...said, ...born, ...child, ...order });
    await signInAs(person, office.origin, 'erika');
    await person.press(person.form(at(person)).press({ name: '_action', value: 'next' }));
    assert.deepEqual(person.errors, ['birthDate: descendant']);
    assert.match(person.shown.text, /href="\/service\/urkunden\/born"/);
    await person.press(person.form(at(person)).press({ name: '_action', value: 'again' }));
    assert.deepEqual(person.errors, []);
    assert.doesNotMatch(person.shown.text, /<title>Fehler|error-summary|born"/);
  });
});

describe('a means that is not lawful', () => {
  it('is told before signing in, refused in words that help, counted and audited; nothing is lost', async () => {
    const refusals = () =>
      office.db
        .selectFrom('audit_entry')
        .select('detail')
        .where('action', '=', 'identity.refused')
        .orderBy('seq')
        .execute();
    const counted = async () =>
      (
        await office.db
          .selectFrom('measure')
          .select('value')
          .where('name', '=', 'identity')
          .where('service', '=', POINTS)
          .where('value', '=', 'refused')
          .execute()
      ).length;
    const before = { refusals: (await refusals()).length, counted: await counted() };
    const person = await atSignIn(POINTS, { way: 'online' });
    for (const word of ['Personalausweis', 'eID-Karte', 'Aufenthaltstitel'])
      assert.match(person.shown.text, new RegExp(word));
    assert.match(person.shown.text, /Nicht möglich: [^<]*anderen EU-Staates[^<]*ELSTER/);
    for (const who of ['lukasz', 'petra', 'paul']) {
      await signInAs(person, office.origin, who);
      assert.match(person.shown.text, /data-error="identityWrongMeans"/, who);
      assert.doesNotMatch(person.shown.text, /Nowak|Schäfer|Klein|Vertrauensniveau/, who);
    }
    const audited = (await refusals()).slice(before.refusals);
    const details = JSON.stringify(audited);
    assert.match(details, /wrongMeans:means/);
    assert.equal(audited.length, 3);
    assert.equal(await counted(), before.counted + 3);
    // The right card still does, with all that was said before.
    await signInAs(person, office.origin, 'sofia');
    assert.match(person.shown.text, /Papadopoulou/);
    assert.match(person.shown.text, /Deutsche eID-Karte/);
  });

  it('leads to a way on without the card', async () => {
    const person = await atSignIn(POINTS, { way: 'online' });
    await signInAs(person, office.origin, 'lukasz');
    await person.press(person.form(at(person)).press({ name: '_action', value: 'without' }));
    assert.equal(person.at, 'wrongCard');
    assert.match(person.shown.text, /24932 Flensburg/);
    // Back again, the card may have been found.
    await person.open(`/service/${POINTS}/identity`);
    await signInAs(person, office.origin, 'hans');
    assert.match(person.shown.text, /Rastatt/);
  });
});

describe('a level that nobody has reached', () => {
  it('is not reached by a field that is named like the page', async () => {
    for (const service of [POINTS, LEAVING]) {
      for (const level of ['high', 'substantial', 'none', 'HIGH']) {
        const person = await atSignIn(service, { ...ANSWERS, way: 'online' });
        const filled = {
          ...MALLORY,
          identity: level,
          birthName: 'M',
          birthPlace: 'M',
          'address.street': 'M',
          'address.houseNumber': '1',
        };
        await forge(person, { ...filled, 'address.postcode': '76133', 'address.city': 'M' });
        assert.deepEqual([person.shown.status, person.at], [422, 'identity'], `${service}: ${level}`);
        for (const page of ['declaration', 'review', 'moveOut']) {
          await person.open(`/service/${service}/${page}`);
          assert.ok([`/service/${service}/identity`].includes(at(person)) || person.shown.status === 404);
          assert.doesNotMatch(person.shown.text, /Mallory/);
        }
      }
    }
  });

  it('is not reached by skipping the page', async () => {
    const person = await atSignIn(POINTS, { way: 'online' });
    const _csrf = hiddenField(person.shown.text, '_csrf') ?? '';
    for (const page of ['review', 'print']) {
      const fields = { _csrf, identity: 'high', _action: 'next', _draft: 'x', _shown: 'x' };
      const answer = await person.client.post(`/service/${POINTS}/${page}`, fields);
      assert.deepEqual(
        [answer.status, answer.headers.get('location')],
        [303, `/service/${POINTS}/identity`],
        page,
      );
    }
  });

  it('may be left out only where the service says so', async () => {
    const must = await atSignIn(POINTS, { way: 'online' });
    for (const action of ['identify:', 'identify:elster', 'identify:__proto__', 'constructor']) {
      await must.open(`/service/${POINTS}/identity`);
      await forge(must, {}, action);
      assert.deepEqual([must.shown.status, must.at], [422, 'identity'], action);
    }
    await must.open(`/service/${POINTS}/review`);
    assert.equal(at(must), `/service/${POINTS}/identity`);
    const may = await atSignIn(LEAVING);
    await may.press(may.form(at(may)).press({ name: '_action', value: 'without' }));
    assert.ok(may.form(at(may)).has('familyName'), 'who goes on without is asked');
  });
});

describe('a sign-in that is not enough', () => {
  it('is told which ones are, ELSTER among them where it is, in every language', async () => {
    const person = await atSignIn(LEAVING);
    await signInAs(person, office.origin, 'paul');
    assert.deepEqual(person.errors, ['identity: identityTooLow']);
    const enough: Record<Quoted, RegExp> = {
      de: /Es reichen der Online-Ausweis .*, ein ELSTER-Zertifikat und viele Ausweise anderer EU-Staaten/,
      en: /The German online ID .*, an ELSTER certificate and many IDs of other EU states are enough/,
      leicht: /Das geht: der Online-Ausweis, ELSTER oder ein Ausweis aus der EU/,
    };
    for (const language of QUOTED) {
      await choose(person, language);
      assert.match(person.shown.text, enough[language]);
      const error = { field: 'identity', code: 'identityTooLow', own: false, params: { level: 'high' } };
      assert.doesNotMatch(plainErrorText(error, language), /ELSTER/, 'ELSTER reaches substantial at best');
    }
  });
});
