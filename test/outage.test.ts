import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { arrive, household } from '#test/citizen';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { type FlakyDatabase, flakyWayTo } from '#test/flaky-database';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';

describe('an office whose database is away', () => {
  let database: TestDatabase;
  let way: FlakyDatabase;
  let office: RunningOffice;
  before(async () => {
    database = await freshDatabase();
    way = await flakyWayTo(database.url);
    office = await startRunningOffice({ DATABASE_URL: way.url });
  });
  after(async () => {
    way.mend();
    await office.close();
    await way.close();
    await database.drop();
  });

  async function readiness(): Promise<[number, unknown]> {
    const answer = await fetch(`${office.origin}/ready`);
    return [answer.status, await answer.json()];
  }
  const back = () => eventually('the office is ready again', async () => (await readiness())[0] === 200);
  const count = async () => (await database.db.selectFrom('cases').select('id').execute()).length;

  it('says so to whoever watches it, and that it is alive', async () => {
    assert.equal((await readiness())[0], 200);
    way.cut();
    const [status, facts] = await readiness();
    assert.equal(status, 503);
    assert.partialDeepStrictEqual(facts, { status: 'notReady', database: false });
    assert.equal((await fetch(`${office.origin}/health`)).status, 200);
    way.mend();
    await back();
  });

  it('says so while the database does not answer at all, and does not wait for it', async () => {
    way.freeze();
    assert.equal((await readiness())[0], 503);
    way.mend();
    await back();
  });

  it('asks people to try again, tells nothing of its insides, and has lost nothing of theirs', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(1));
    const review = person.review(SERVICE);
    const before = await count();
    way.cut();
    const answers = [
      await person.client.get(`/service/${SERVICE}/address`),
      await person.send(review),
      await person.client.get('/desk/cases/x'),
      await person.client.post('/status', { number: '1', code: '2' }),
    ];
    const cookie = '__Host-desk=x';
    const atDesk = await fetch(`${office.origin}/desk/payments`, { headers: { cookie } });
    way.mend();
    for (const { status, text, headers } of answers) {
      if (status === 303 || status === 422) continue;
      assert.equal(status, 503);
      assert.match(headers.get('retry-after') ?? '', /^\d+$/);
      assert.match(text, /<h1>[^<]*Bitte versuchen Sie es gleich noch einmal/);
      assert.match(text, /115/);
      assert.doesNotMatch(text, /ECONN|postgres|database|\.ts:/i);
    }
    assert.equal(answers[1]?.status, 503);
    assert.equal(atDesk.status, 503);
    const words = await atDesk.text();
    assert.match(words, /<h1>Einen Moment: [^<]*der Technik\.<\/h1>/);
    assert.match(words, /href="\/desk"/);
    assert.doesNotMatch(words, /115|lang="en"|Bürger-Büro/, 'clerks read German, and do not call themselves');
    await back();
    await person.press(review);
    assert.ok(person.receipt().number);
    assert.equal(await count(), before + 1);
  });
});

describe('a client that asks too much', () => {
  it('has to wait, is told how long, and is answered again', async () => {
    const office = await startRunningOffice({ AMTOMAT_RATE: '10' });
    try {
      const ask = () => fetch(`${office.origin}/health`);
      const answers = await Promise.all(Array.from({ length: 400 }, ask));
      const refused = answers.filter(({ status }) => status === 429);
      assert.ok(refused.length > 0 && answers[0]?.status === 200, `${refused.length} refused`);
      assert.match(refused[0]?.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      assert.match((await refused[0]?.text()) ?? '', /Bitte warten Sie/);
      await eventually('the client is answered again', async () => (await ask()).status === 200);
    } finally {
      await office.close();
    }
  });
});
