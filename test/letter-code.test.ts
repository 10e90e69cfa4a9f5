import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sampleFile } from '#play';
import { formatCode, newCode } from '#seal';
import { arrive, type Citizen } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { type Answer, hiddenField } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const CONFIRM = 'wohnungsgeberbestaetigung';
const IDENTITY = `/service/${CONFIRM}/identity`;
const CODES = '/desk/letter-codes';
const LANDLORD = {
  landlordName: 'Häuser & Söhne GbR',
  'landlordAddress.street': 'Karlstraße',
  'landlordAddress.houseNumber': '3a',
  'landlordAddress.postcode': '76137',
  'landlordAddress.city': 'Karlsruhe',
};
const ANSWERS = {
  ...{ role: 'owner', confirmerFamilyName: 'Özdemir', correct: 'yes' },
  ...{ 'dwelling.street': 'Kaiserstraße', 'dwelling.houseNumber': '10' },
  ...{ 'dwelling.postcode': '76133', 'dwelling.city': 'Karlsruhe' },
  ...{ 'moveIn.day': '16', 'moveIn.month': '11', 'moveIn.year': '2026' },
  ...{ 'persons[0].givenNames': 'Ayşe', 'persons[0].familyName': 'Ünlü' },
};
const MOST_TRIES = 10;
const YEAR_MS = 366 * 86_400_000;

let office: RunningOffice;
let clerk: Clerk;
before(async () => {
  office = await startRunningOffice();
  clerk = await signIn(office.origin, 'oa');
});
after(() => office.close());
// Whoever tried codes in another test is not slowed down in this one.
beforeEach(() => office.db.deleteFrom('access_attempt').execute());

/** Fills in the desk's form. */
async function ask(who: Clerk, fields: Record<string, string> = {}): Promise<Answer> {
  const { text } = await clerk.get(CODES);
  const own = await who.get('/desk');
  const hidden = {
    _csrf: hiddenField(own.text, '_csrf') ?? '',
    letter: hiddenField(text, 'letter') ?? '',
    service: hiddenField(text, 'service') ?? '',
  };
  return who.post(CODES, { ...hidden, ...LANDLORD, ...fields });
}

/** @returns a code as it stands on its letter, and the path of that letter */
async function issue(landlordName = LANDLORD.landlordName): Promise<{ code: string; letter: string }> {
  const { text, status } = await ask(clerk, { landlordName });
  assert.equal(status, 200);
  const letter = /action="(\/desk\/letter-codes\/[0-9a-f-]+\/letter)"/.exec(text)?.[1] ?? '';
  return { code: hiddenField(text, 'code') ?? '', letter };
}

async function send(path: string, fields: Record<string, string> = {}, who = clerk): Promise<Answer> {
  const { text } = await who.get('/desk');
  return who.post(path, { _csrf: hiddenField(text, '_csrf') ?? '', ...fields });
}

async function atCode(origin = office.origin): Promise<Citizen> {
  const person = await arrive(origin);
  await person.walk(CONFIRM, ANSWERS, 'identity');
  await person.open(`${IDENTITY}/code`);
  return person;
}

async function type(person: Citizen, code: string): Promise<void> {
  const form = person.form(`${IDENTITY}/code`);
  form.fill('code', code);
  await person.press(form.press());
}

/** Why the code was not taken. */
const refusal = ({ errors }: Citizen): string => [...new Set(errors.map((one) => one.split(': ')[1]))].join();

async function goOn(person: Citizen): Promise<void> {
  for (let pages = 0; person.at !== 'review' && pages < 20; pages += 1) {
    const form = person.fill(CONFIRM, ANSWERS);
    const next = { name: '_action', value: 'next' };
    await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
  }
  assert.equal(person.at, 'review');
}

async function actions(): Promise<string[]> {
  const rows = await office.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', 'like', 'letter.%')
    .execute();
  return rows.map(({ actor, action }) => `${actor} ${action}`);
}

describe('a code that the office sends by letter', () => {
  it('is still in its field, beside what was wrong with it, when the language changes', async () => {
    const person = await atCode();
    await type(person, newCode());
    const typed = person.form(`${IDENTITY}/code`).holds('code');
    await person.press(person.form(`${IDENTITY}/code`).press({ name: 'language', value: 'en' }));
    assert.equal(new URL(person.shown.url).pathname, `${IDENTITY}/code`);
    assert.match(person.shown.text, /<html lang="en"/);
    assert.match(person.shown.text, /data-error="wrong"/);
    assert.ok(typed);
    assert.equal(person.form(`${IDENTITY}/code`).holds('code'), typed);
  });

  it('lets a landlord confirm without signing in; name and address stand there as on the letter', async () => {
    const { code } = await issue();
    const person = await atCode();
    const old = person.client.cookies().join('; ');
    await type(person, `\u200b${formatCode(code).toLowerCase()} `);
    assert.equal(person.at, 'identity');
    assert.match(person.shown.text, /Häuser &amp; Söhne GbR/);
    assert.notEqual(person.client.cookies().join('; '), old, 'the visit has a new id and key');
    await goOn(person);
    assert.match(person.shown.text, /Häuser &amp; Söhne GbR/);
    const { number, lookupCode } = await person.handIn(CONFIRM);
    await office.work();
    const { text } = await clerk.get((await clerk.find(number)) ?? '');
    assert.match(text, /mit Code per Brief, Vertrauensniveau niedrig/);
    assert.match(text, /Karlstraße 3a, 76137 Karlsruhe/);
    // Whoever holds a code is not thereby whom the office wrote to: so that stands wherever somebody relies on it.
    const letter =
      /Der Brief mit dem Code ging an<\/dt><dd[^>]*>(?:<[^>]+>)?Häuser &amp; Söhne GbR, Karlstraße 3a, 76137/;
    assert.match(text, letter);
    assert.match((await send('/desk/lookup', { code: lookupCode ?? '' })).text, letter);
  });

  it('confirms for nobody but whom the office wrote to', async () => {
    const { code } = await issue('Immo Gauß KG');
    const person = await atCode();
    await type(person, code);
    const other = { ...ANSWERS, ...LANDLORD, landlordName: 'Fremde Vermietung AG' };
    await person.press(person.fill(CONFIRM, other).press({ name: '_action', value: 'next' }));
    await person.press(person.fill(CONFIRM, other).press({ name: '_action', value: 'next' }));
    assert.equal(person.at, 'landlord');
    assert.match(person.shown.text, /Ihr Code gehört zu einem Brief an Immo Gauß KG/);
    const name = 'value="Fremde Vermietung AG"';
    assert.ok(person.shown.text.includes(name), 'what was typed stays');
  });

  it('works several times, and the desk sees when it was used last, never the code', async () => {
    const { code } = await issue('Ada Lovelace');
    for (let times = 0; times < 2; times += 1) {
      const person = await atCode();
      await type(person, code);
      assert.equal(person.at, 'identity');
    }
    const { text } = await clerk.get(CODES);
    const [, row = ''] = /Ada Lovelace([\s\S]*?)<\/tr>/.exec(text) ?? [];
    assert.match(row, /23\.11\.2026, 10:\d\d[\s\S]*23\.11\.2027[\s\S]*23\.11\.2026, 10:\d\d/);
    assert.ok(![code, formatCode(code)].some((one) => text.includes(one)));
  });

  it('is on a letter that can be printed once it was issued, and only with the code', async () => {
    const { code, letter } = await issue();
    const answer = await send(letter, { code });
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/pdf']);
    assert.match(answer.text, /^%PDF-/);
    assert.equal((await send(letter, { code: newCode() })).status, 404);
    assert.equal((await clerk.get(letter)).status, 404);
  });

  it('is kept as a keyed hash, with a sealed name, and leaves neither in the audit record nor in the log', async () => {
    const { code } = await issue('Grace Hopper');
    await type(await atCode(), code);
    const rows = await office.db.selectFrom('letter_code').selectAll().execute();
    const audit = await office.db.selectFrom('audit_entry').selectAll().execute();
    const stored = JSON.stringify([rows, audit], (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    for (const secret of [code, formatCode(code), 'Hopper', 'Karlstra']) {
      assert.ok(!stored.includes(secret));
      assert.ok(!office.logged().includes(secret));
    }
    const known = await actions();
    assert.ok(known.includes('staff:oa letter.issued') && known.includes('citizen letter.used'));
  });

  it('is issued once however often its form is sent', async () => {
    const { text } = await clerk.get(CODES);
    const letter = hiddenField(text, 'letter') ?? '';
    const issued = async () => (await actions()).filter((action) => /letter\.issued/.test(action)).length;
    const before = await issued();
    const [first, again] = [await ask(clerk, { letter }), await ask(clerk, { letter })];
    assert.equal(first.status, 200);
    assert.equal(again.text, first.text, 'whose answer was lost gets the letter all the same');
    assert.equal((await issued()) - before, 1);
    const other = await ask(clerk, { letter, landlordName: 'Andere GmbH' });
    assert.notEqual(hiddenField(other.text, 'code'), hiddenField(first.text, 'code'), 'another letter');
    const path = /action="(\/desk\/letter-codes\/[0-9a-f-]+\/)letter"/.exec(first.text)?.[1];
    assert.equal((await send(`${path}revoke`)).status, 303);
    const late = await ask(clerk, { letter });
    assert.deepEqual([late.status, late.headers.get('location')], [303, CODES], 'it was revoked');
  });

  it('is not issued for a name or an address that cannot be, and keeps what was right', async () => {
    const { status, text } = await ask(clerk, { landlordName: '', 'landlordAddress.postcode': '7613' });
    assert.equal(status, 422);
    assert.match(text, /value="Karlstraße"/);
    assert.match(text, /data-field="landlordName"/);
    assert.match(text, /data-field="landlordAddress\.postcode"/);
  });
});

describe('a code that is not taken', () => {
  it('says whether it is a slip, unknown, too old or revoked, and what to do', async () => {
    const { code, letter } = await issue();
    const person = await atCode();
    const tried = async (typed: string): Promise<string> => {
      await type(person, typed);
      return refusal(person);
    };
    assert.equal(await tried('7KM4P'), 'codeLength');
    assert.match(person.shown.text, /value="7KM4P"/);
    assert.equal(await tried(newCode()), 'wrong');
    assert.match(person.shown.text, /Amt um einen neuen/);
    assert.equal((await send(letter.replace(/letter$/, 'revoke'))).status, 303);
    assert.equal(await tried(code), 'revoked');
    assert.equal((await send(letter, { code })).status, 404, 'nor is its letter printed any more');
    const other = await issue();
    office.pass(YEAR_MS);
    clerk = await signIn(office.origin, 'oa');
    const later = await atCode();
    await type(later, other.code);
    assert.equal(refusal(later), 'expired');
    office.pass(31 * 86_400_000);
    await office.tryWork();
    clerk = await signIn(office.origin, 'oa');
    assert.match((await clerk.get(CODES)).text, /Es ist kein Code ausgestellt/);
    office.pass(-YEAR_MS - 31 * 86_400_000);
    clerk = await signIn(office.origin, 'oa');
  });

  it('is no way in for forms: nothing typed stands in for the office’s own check', async () => {
    const person = await arrive(office.origin);
    await person.walk(CONFIRM, ANSWERS, 'identity');
    const { entries, ...form } = person.form(IDENTITY).press();
    const forged = Object.entries({
      ...{ identity: 'low', identityMeans: 'letterCode', provider: 'letterCode', _action: 'next' },
      ...{ confirmerFamilyName: 'Mallory', 'addressee.name': 'Mallory' },
    });
    const kept = entries.filter(([name]) => name !== '_action');
    await person.press({ ...form, entries: [...kept, ...forged] });
    await person.open(`/service/${CONFIRM}/review`);
    assert.equal(person.at, 'identity');
  });

  it('is slowed down within ten tries, the right one too; from elsewhere it still works', async () => {
    const { code } = await issue();
    const person = await atCode();
    const statuses: number[] = [];
    for (let tries = 0; tries < MOST_TRIES && statuses.at(-1) !== 429; tries += 1) {
      await type(person, newCode());
      statuses.push(person.shown.status);
    }
    assert.equal(statuses.at(-1), 429);
    assert.ok(statuses.length > 3 && new Set(statuses.slice(0, -1)).size === 1);
    await type(person, code);
    assert.equal(person.shown.status, 429);
    assert.equal(refusal(person), 'slowed');
    const elsewhere = await arrive(office.origin, 'rathaus-1');
    await elsewhere.walk(CONFIRM, ANSWERS, 'identity');
    await elsewhere.open(`${IDENTITY}/code`);
    await type(elsewhere, code);
    assert.equal(elsewhere.at, 'identity');
    office.pass(Number(person.shown.headers.get('retry-after')) * 1_000 + 1_000);
    await type(person, code);
    assert.equal(person.at, 'identity');
  });
});

describe('another office', () => {
  it('neither sees nor issues nor ends codes; a lead of the office does', async () => {
    const { code, letter } = await issue('Zoë Fremd');
    const tsk = await signIn(office.origin, 'tsk');
    const answers = [
      await tsk.get(CODES),
      await ask(tsk),
      await send(letter, { code }, tsk),
      await send(letter.replace(/letter$/, 'revoke'), {}, tsk),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404, 404, 404, 404],
    );
    assert.ok(!(await tsk.get('/desk')).text.includes(CODES));
    const lead = await signIn(office.origin, 'lead');
    assert.match((await lead.get(CODES)).text, /Zoë Fremd/);
    assert.equal((await send(letter.replace(/letter$/, 'revoke'), {}, lead)).status, 303);
  });
});

describe('a city that did not choose codes by letter', () => {
  it('shows nothing of them, neither to people nor at the desk', async () => {
    const other = await startRunningOffice({}, { letterCodes: [] });
    try {
      const person = await arrive(other.origin);
      await person.open(`/service/${CONFIRM}`);
      assert.doesNotMatch(person.shown.text, /per Brief/);
      await person.walk(CONFIRM, { ...ANSWERS, mandate: sampleFile('sample.pdf') ?? '' }, 'identity');
      assert.doesNotMatch(person.shown.text, /per Brief/);
      assert.equal((await person.client.get(`${IDENTITY}/code`)).status, 404);
      const staff = await signIn(other.origin, 'oa');
      assert.doesNotMatch((await staff.get('/desk')).text, /per Brief/);
      assert.equal((await staff.get(CODES)).status, 404);
    } finally {
      await other.close();
    }
  });

  it('is not opened with a choice that cannot be', async () => {
    await assert.rejects(
      startRunningOffice({}, { letterCodes: ['wohnungsgeberbestaetigun'] }),
      /there is no service "wohnungsgeberbestaetigun"\. Did you mean `wohnungsgeberbestaetigung`\?/,
    );
    await assert.rejects(startRunningOffice({}, { letterCodes: ['sperrmuell'] }), /takes no code by letter/);
    const identity = { [CONFIRM]: 'high' } as const;
    await assert.rejects(startRunningOffice({}, { identity }), /a code by letter is of level "low"/);
  });
});
