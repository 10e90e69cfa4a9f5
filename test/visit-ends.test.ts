import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { readForms, sampleFile } from '#play';
import { formatNumber } from '#seal';
import { arrive, type Citizen, ending, household } from '#test/citizen';
import { eventually } from '#test/eventually';
import { atPay } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const DONE = `/service/${SERVICE}/done`;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function count(db: Pick<RunningOffice['db'], 'selectFrom'> = office.db): Promise<number> {
  const { count } = await db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A person who has come to the review page. */
async function atReview(houseNumber: number): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, household(houseNumber));
  return person;
}

/** @returns the id of the person's visit */
const visitOf = (person: Citizen): string =>
  /__Host-visit=([0-9a-f-]{36})/.exec(person.client.cookies().join(';'))?.[1] ?? '';

const endOf = (person: Citizen) => ending(person);

/** The browser leaves before the answer comes: nothing of it arrives, its cookie neither. */
async function throwAway(person: Citizen, sent: ReturnType<Citizen['review']>): Promise<void> {
  await fetch(sent.action, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: person.client.cookies().join('; '), 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(sent.entries as [string, string][]),
  });
}

/** How many of the office's statements wait for another. */
async function blocked(): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(office.db);
  return rows[0]?.n ?? 0;
}

describe('the end of a visit while somebody hands in', () => {
  it('takes nothing from who is handed in: number and code are shown', async () => {
    const before = await count();
    const person = await atReview(61);
    const review = person.review(SERVICE);
    const id = visitOf(person);
    // The visit's row is held until the case is written: then it is gone before the receipt could be kept in it.
    const answer = await office.db.transaction().execute(async (tx) => {
      await tx.selectFrom('visit').select('id').where('id', '=', id).forShare().executeTakeFirstOrThrow();
      const sent = person.send(review);
      await eventually('the case is written', async () => (await count(tx)) === before + 1);
      await tx.deleteFrom('visit').where('id', '=', id).execute();
      return { sent };
    });
    assert.equal((await answer.sent).headers.get('location'), `/service/${SERVICE}/done`);
    assert.notEqual(visitOf(person), id);
    await person.open(`/service/${SERVICE}/done`);
    assert.match(person.receipt().number, /^\d{9}$/);
    await person.open(`/service/${SERVICE}`);
    assert.doesNotMatch(person.shown.text, /Piepmatz/);
  });

  it('says that nothing was sent when it came first', async () => {
    const before = await count();
    const person = await atReview(62);
    const review = person.review(SERVICE);
    await office.db.deleteFrom('visit').where('id', '=', visitOf(person)).execute();
    const { status, text } = await person.send(review);
    assert.equal(status, 410);
    assert.match(text, /Es wurde nichts abgesendet/);
    assert.equal(await count(), before);
  });

  it('is one or the other, whoever is faster', async () => {
    const person = await atReview(63);
    const before = await count();
    const end = ending(person);
    const answers = await Promise.all([person.send(person.review(SERVICE)), person.send(end)]);
    const places = answers.map(({ headers }) => headers.get('location'));
    assert.equal(places.includes(DONE) ? 1 : 0, (await count()) - before);
    assert.equal(places[0] === DONE, places[1] === DONE, 'both say the same');
  });
});

describe('the end of a visit, pressed in the browser that hands in', () => {
  const visitLeft = (id: string) =>
    office.db.selectFrom('visit').select('id').where('id', '=', id).executeTakeFirst();

  it('waits for the case that is just being written, and leads to number and code', async () => {
    const before = await count();
    const person = await atReview(70);
    const [review, end, id] = [person.review(SERVICE), endOf(person), visitOf(person)];
    const sent = await office.db.transaction().execute(async (tx) => {
      await sql`LOCK TABLE case_event IN EXCLUSIVE MODE`.execute(tx);
      const handingIn = throwAway(person, review);
      await eventually('the case is being written', async () => (await blocked()) === 1);
      let isOver = false;
      const ending = person.send(end).finally(() => {
        isOver = true;
      });
      await eventually('the end waits', async () => isOver || (await blocked()) === 2);
      return { handingIn, ending };
    });
    await sent.handingIn;
    assert.equal((await sent.ending).headers.get('location'), DONE);
    assert.equal(await count(), before + 1);
    await person.open(DONE);
    const { number, code } = person.receipt();
    await person.press(endOf(person));
    assert.equal(person.at, 'farewell');
    assert.equal(await visitLeft(id), undefined);
    await person.openCase({ number, code });
    assert.equal(person.at, 'status-case');
  });

  it('leads there also when all was over before, and however often it is pressed', async () => {
    const person = await atReview(71);
    const [review, end, id] = [person.review(SERVICE), endOf(person), visitOf(person)];
    await throwAway(person, review);
    await throwAway(person, end);
    const files = office.db.selectFrom('draft_file').select('id').where('visit_id', '=', id);
    assert.deepEqual(await files.execute(), []);
    assert.equal((await person.send(end)).headers.get('location'), DONE);
    await person.open('/help');
    assert.equal((await person.send(endOf(person))).headers.get('location'), DONE);
    await person.open(`/service/${SERVICE}`);
    assert.doesNotMatch(person.shown.text, /Piepmatz/);
    await person.open(`/service/${SERVICE}/address`);
    assert.match(person.receipt().number, /^\d{9}$/, 'any page of that journey leads to it');
    // The page they press on is still the one before.
    assert.equal((await person.send(end)).headers.get('location'), DONE);
    await person.open(DONE);
    await person.open('/');
    await person.press(endOf(person));
    assert.equal(person.at, 'farewell');
  });

  it('says goodbye, and shows nothing, where nobody answered whether anybody is there', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk(SERVICE, household(72));
    const id = visitOf(person);
    const idle = readForms(person.page, person.shown.url).find((form) => form.sends('_idle'));
    assert.ok(idle);
    await throwAway(person, person.review(SERVICE));
    const { headers } = await person.send(idle.press());
    assert.match(headers.get('location') ?? '', /^\/farewell\//);
    assert.equal(await visitLeft(id), undefined);
    await person.open(DONE);
    assert.doesNotMatch(person.shown.text, /data-number|data-code/);
  });

  it('leads back once to a payment that the card terminal has approved, and lets go when nothing comes of it', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const { person } = payer;
    await office.db
      .updateTable('payment')
      .set({ state: 'unknown', way: 'card', terminal: 'rathaus-1', trace: 7, receipt_number: 7 })
      .where('reference', '=', payer.reference())
      .execute();
    await person.press(endOf(person));
    assert.equal(person.at, 'pay');
    await person.press(endOf(person));
    assert.equal(person.at, 'farewell');
  });

  it('does not hand in what comes after it', async () => {
    const before = await count();
    const person = await atReview(73);
    const review = person.review(SERVICE);
    const { headers } = await person.send(endOf(person));
    assert.match(headers.get('location') ?? '', /^\/farewell\//);
    await person.send(review);
    assert.equal(await count(), before);
  });
});

describe('the farewell', () => {
  const SENT = /Was Sie abgesendet haben, ist bei uns/;
  const DROPPED = /Ihre letzten Eingaben haben Sie nicht abgesendet/;
  const UNPAID = /Dieser Antrag ist darum nicht beim Amt eingegangen/;
  const NOTHING = /Sie haben in diesem Besuch nichts abgesendet/;
  const saysOnly = (person: Citizen, ...said: readonly RegExp[]): void => {
    assert.equal(person.at, 'farewell');
    for (const one of [SENT, DROPPED, UNPAID, NOTHING])
      assert.equal(one.test(person.shown.text), said.includes(one), `${one}`);
    const isLost = said.includes(DROPPED) || said.includes(UNPAID);
    assert.equal(/Vielen Dank/.test(person.shown.text), !isLost);
  };

  it('says of answers that were given and not sent that the office does not have them', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(74), 'address');
    await person.press(endOf(person));
    saysOnly(person, DROPPED);
  });

  it('says what was sent, and of what was begun after it that it was not', async () => {
    const person = await atReview(75);
    await person.handIn(SERVICE);
    await person.open('/');
    await person.walk(SERVICE, household(75), 'address');
    await person.press(endOf(person));
    saysOnly(person, SENT, DROPPED);
  });

  it('says the number of what was sent, and what comes on which day, but nothing that opens it or that somebody has said', async () => {
    const person = await atReview(83);
    const { number, code } = await person.handIn(SERVICE);
    await person.press(endOf(person));
    saysOnly(person, SENT);
    const { text, url } = person.shown;
    const spaced = number.replace(/(?<=^(?:.{3}){1,2})/g, '\\s?');
    assert.match(text, new RegExp(`Ihre Nummer.*${spaced}`, 's'));
    assert.match(
      text,
      /So geht es weiter.*datetime="2026-\d\d-\d\d".*Ab 19 Uhr am Abend vorher dürfen Sie alles/s,
    );
    for (const secret of [code, code.slice(0, 5), 'Kaiser', 'Piepmatz', 'sofa'])
      assert.ok(!text.includes(secret) && !url.includes(secret), secret);
  });

  it('says what was done to a case that somebody had already', async () => {
    const first = await atReview(84);
    const codes = await first.handIn(SERVICE);
    const person = await arrive(office.origin);
    await person.openCase(codes);
    const form = person.form('/status/case/answer');
    form.fill('text', 'Bitte an der Hintertür klingeln.');
    await person.press(form.press());
    await person.press(endOf(person));
    assert.match(person.shown.text, /Es ist angekommen.*Ihre Antwort ist beim Amt/s);
    const again = await arrive(office.origin);
    await again.openCase(codes);
    const withdraw = again.form('/status/case/withdraw');
    withdraw.fill('sure', 'yes');
    await again.press(withdraw.press());
    await again.press(endOf(again));
    assert.match(again.shown.text, /Es ist erledigt.*Ihr Antrag ist zurückgezogen/s);
  });

  it('says it here alone, in no address, and to nobody who comes after', async () => {
    const person = await atReview(78);
    const { number } = await person.handIn(SERVICE);
    await person.press(endOf(person));
    const told = new RegExp(formatNumber(number));
    assert.match(person.shown.text, told);
    const { pathname, search } = new URL(person.shown.url);
    assert.doesNotMatch(search, new RegExp(`${number}|${SERVICE}|sent`));
    await person.press(person.form('/visit/settings').press({ name: 'size', value: '2' }));
    assert.match(person.shown.text, told, 'larger letters take nothing away');
    await person.open('/');
    await person.open(pathname + search);
    assert.equal(person.at, 'farewell');
    assert.doesNotMatch(person.shown.text, told);
  });

  it('says nothing of what means nothing', async () => {
    const person = await arrive(office.origin);
    for (const word of [
      '',
      '.',
      `${SERVICE}.1`,
      `${SERVICE}.x.0.`,
      'constructor.123456789..',
      '<b>.1.0.2026-12-08',
    ]) {
      const told = encodeURIComponent(String(new URLSearchParams({ left: 'sent', sent: word })));
      person.client.plant(new URL(office.origin).hostname, '__Host-goodbye', told);
      await person.open('/farewell/de?left=nothing');
      assert.equal(person.at, 'farewell', word);
      assert.match(person.shown.text, /Es ist angekommen/, word);
      assert.doesNotMatch(person.shown.text, /Ihre Nummer|So geht es weiter/, word);
    }
  });

  it('does not call a reply lost in which nothing was written', async () => {
    const person = await atReview(77);
    await person.openCase(await person.handIn(SERVICE));
    await person.press(person.form('/status/case/answer').press({ name: '_action', value: 'next' }));
    await person.press(endOf(person));
    saysOnly(person, SENT);
  });

  it('says at the pay step that nothing was paid and nothing has reached the office', async () => {
    const { person } = await atPay(office.origin);
    await person.press(endOf(person));
    saysOnly(person, UNPAID);
  });

  it('says that nothing was sent to who has begun nothing, and nothing of it where nobody answered', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.press(person.form('/search').press({ name: 'language', value: 'de' }));
    await person.press(endOf(person));
    saysOnly(person, NOTHING);
    const gone = await arrive(office.origin, 'rathaus-1');
    await gone.walk(SERVICE, household(76), 'address');
    const idle = readForms(gone.page, gone.shown.url).find((form) => form.sends('_idle'));
    assert.ok(idle);
    await gone.press(idle.press());
    saysOnly(gone);
  });
});

describe('the end of a visit while a page of it is answered', () => {
  /** Sends a form and lets the visit end before anything can be kept in it. */
  async function endsMeanwhile(person: Citizen, sent: ReturnType<Citizen['review']>) {
    const id = visitOf(person);
    const answer = await office.db.transaction().execute(async (tx) => {
      await tx.selectFrom('visit').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
      const sending = person.send(sent);
      await eventually('the answer is to be kept', async () => (await blocked()) === 1);
      await tx.deleteFrom('visit').where('id', '=', id).execute();
      return { sending };
    });
    return answer.sending;
  }

  it('says that nothing was sent, right or wrong as the page was', async () => {
    for (const [at, postcode] of ['76133', '0'].entries()) {
      const person = await arrive(office.origin);
      await person.walk(SERVICE, household(80 + at), 'address');
      const form = person.fill(SERVICE, { ...household(80 + at), 'address.postcode': postcode });
      const { status, text } = await endsMeanwhile(person, form.press({ name: '_action', value: 'next' }));
      assert.equal(status, 410, postcode);
      assert.match(text, /Es wurde nichts abgesendet/);
    }
  });

  it('keeps what was written to the office, and asks for number and code', async () => {
    const person = await atReview(82);
    await person.openCase(await person.handIn(SERVICE));
    const form = person.form('/status/case/answer');
    form.fill('text', 'Bitte an der Hintertür klingeln.');
    const file = sampleFile('sample.pdf');
    assert.ok(file);
    form.fill('file', file);
    const { status, text } = await endsMeanwhile(person, form.press());
    assert.equal(status, 422);
    assert.match(text, /Ihre Antwort ist noch nicht abgesendet/);
    assert.match(text, /Bitte an der Hintertür klingeln\./);
  });
});

describe('a visit that has run out', () => {
  it('says so in the language of its person, and begins again there', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(64), 'contact');
    const entries = person.form(`/service/${SERVICE}/contact`).press().entries;
    const csrf = entries.flatMap(([name, value]) => (name === '_csrf' ? [[name, String(value)]] : []));
    await person.client.post('/visit/settings', { ...Object.fromEntries(csrf), language: 'en', return: '/' });
    await office.db.deleteFrom('visit').where('id', '=', visitOf(person)).execute();
    await person.open(`/service/${SERVICE}/contact`);
    assert.equal(person.shown.status, 410);
    assert.match(person.shown.text, /Nothing has been sent/);
    await person.press(person.form(`/service/${SERVICE}`).press());
    assert.match(person.shown.text, /<html lang="en"/);
    assert.equal(person.shown.status, 200);
  });

  /** A person whose visit has run out in the middle of a service, or after handing in. */
  async function ranOut(houseNumber: number, terminal?: string, handsIn = false): Promise<Citizen> {
    const person = await arrive(office.origin, terminal);
    await person.walk(SERVICE, household(houseNumber), handsIn ? 'review' : 'contact');
    if (handsIn) await person.handIn(SERVICE);
    await office.db.deleteFrom('visit').where('id', '=', visitOf(person)).execute();
    return person;
  }

  it('says at home what became of the answers, and begins the same service again', async () => {
    const person = await ranOut(65);
    await person.open('/');
    assert.match(person.shown.text, /Ihre Angaben zu „Sperrmüll[^“]*“ sind gelöscht/);
    assert.match(person.shown.text, /davon nichts abgesendet/);
    await person.press(person.form(`/service/${SERVICE}`).press());
    assert.equal(person.at, 'what');
    await person.open('/');
    assert.doesNotMatch(person.shown.text, /Besuch ist zu Ende/);
  });

  it('never says that nothing was sent to somebody who has handed in', async () => {
    const person = await ranOut(66, undefined, true);
    for (const path of ['/', `/service/${SERVICE}/done`, `/service/${SERVICE}/review`]) {
      await person.open(path);
      assert.match(person.shown.text, /Was Sie abgesendet haben, ist bei uns/, path);
      assert.doesNotMatch(person.shown.text, /nichts abgesendet/, path);
    }
  });

  it('nor to whom the answer to handing in never came', async () => {
    const person = await atReview(68);
    await throwAway(person, person.review(SERVICE));
    // Handing in has given it a new key that this browser does not know: nobody's visit is left.
    await office.db.deleteFrom('visit').execute();
    for (const path of ['/', `/service/${SERVICE}/review`]) {
      await person.open(path);
      assert.match(person.shown.text, /Was Sie abgesendet haben, ist bei uns/, path);
      assert.doesNotMatch(person.shown.text, /nichts abgesendet|data-number|data-code/, path);
    }
  });

  it('tells the next person at a terminal that it ended, once, and not what it was about', async () => {
    const person = await ranOut(67, 'rathaus-1');
    await person.open('/');
    assert.match(person.shown.text, /Der Besuch an diesem Bildschirm ist zu Ende/);
    assert.doesNotMatch(person.shown.text, /Ihre Angaben zu/);
    await person.open('/');
    assert.doesNotMatch(person.shown.text, /Besuch/);
  });

  it('says nothing where nothing was begun', async () => {
    const person = await arrive(office.origin);
    await person.client.post('/visit/settings', { language: 'en', return: '/' });
    await office.db.deleteFrom('visit').where('id', '=', visitOf(person)).execute();
    await person.open('/');
    assert.match(person.shown.text, /<html lang="en"/);
    assert.doesNotMatch(person.shown.text, /Your visit has ended/);
  });
});
