import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { type PageForm, parseHtml, readForms, sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, household } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import type { Answer } from '#test/client';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

const SERVICE = 'sperrmuell';
const FILES = 'wohnungsgeberbestaetigung';
/** More than there are connections. */
const MANY = 30;
/** Of ten for pages. */
const MOST_WAITING = 4;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** Locks a table as a migration, a backup or a hanging tool does. @returns how to let it go */
async function lock(table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: office.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return () => client.end();
}

/** @returns how many of the office's connections for that kind of work wait for that table now */
async function waitingFor(table: string, kind = 'page'): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND relation = ${table}::regclass AND application_name = ${`amtomat ${kind}`}`.execute(
    office.db,
  );
  return rows[0]?.waiting ?? 0;
}

const ready = async (): Promise<number> => (await fetch(`${office.origin}/ready`)).status;

interface People {
  person: Citizen;
  clerk: Clerk;
}

/** What is asked of one table, and what works without it. */
interface Case {
  table: string;
  /** Asks for a page that needs it. */
  asks(people: People): Promise<Answer>;
  /** Pages that do not. */
  others: readonly string[];
}

const page = (id: string): string => `/service/${SERVICE}/${id}`;
const CASES: readonly Case[] = [
  {
    table: 'visit',
    asks: ({ person }) => person.client.get(page('address')),
    others: ['/', '/help', '/status', `/service/${SERVICE}`],
  },
  {
    table: 'slot',
    asks: ({ person }) => person.client.get(page('date')),
    others: ['/', '/status', page('address'), '/service/wohnungsgeberbestaetigung'],
  },
  {
    table: 'payment',
    asks: ({ clerk }) => clerk.get('/desk/payments'),
    others: ['/', page('address'), page('date')],
  },
  {
    table: 'cases',
    asks: ({ clerk }) => clerk.get('/desk'),
    others: ['/', page('address'), page('date')],
  },
];

describe('a table that somebody has locked', () => {
  let [clerk, person, visitor]: [Clerk?, Citizen?, Citizen?] = [];
  before(async () => {
    clerk = await signIn(office.origin, 'lead');
    person = await arrive(office.origin);
    visitor = await arrive(office.origin);
    await person.walk(SERVICE, household(1));
    await visitor.walk(SERVICE, household(2));
  });

  for (const { table, asks, others } of CASES) {
    it(`${table}: holds up what needs it, with a word and few connections, and nothing else`, async () => {
      const other = table === 'visit' ? await arrive(office.origin) : visitor;
      assert.ok(clerk && person && other);
      const people = { clerk, person };
      const ask = () => asks(people);
      assert.equal((await ask()).status, 200);
      const letGo = await lock(table);
      try {
        let answered: Answer[] | undefined;
        let most = 0;
        const answers = Promise.all(Array.from({ length: MANY }, ask)).then((all) => {
          answered = all;
        });
        await eventually('somebody waits', async () => (await waitingFor(table)) > 0);
        for (const path of others) {
          assert.equal((await other.client.get(path)).status, 200, `${path} without ${table}`);
          assert.equal(await ready(), 200);
        }
        await eventually('all are answered', async () => {
          most = Math.max(most, await waitingFor(table));
          return answered !== undefined;
        });
        await answers;
        assert.ok(most <= MOST_WAITING, `${most} connections waited`);
        for (const { status, headers, text } of answered ?? []) {
          assert.equal(status, 503);
          assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/);
          assert.match(text, /<h1>Einen Moment/);
          assert.match(text, /<meta http-equiv="refresh" content="[1-9]\d*"/);
        }
      } finally {
        await letGo();
      }
      await eventually('the page is there again', async () => (await ask()).status === 200);
      assert.equal((await person.client.get(page('review'))).status, 200);
    });
  }
});

/** @returns the page's form that sends the same again */
function againOn(answer: Answer): PageForm {
  const [form] = readForms(parseHtml(answer.text), answer.url);
  assert.ok(form, answer.text);
  return form;
}

describe('what was sent while a table is locked', () => {
  it('stays on the page, in the language of the visit, and is sent again with one press', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(3), 'address');
    await choose(person, 'en');
    const sent = person.fill(SERVICE, household(3)).press({ name: '_action', value: 'next' });
    const letGo = await lock('visit');
    const refused = await person.send(sent).finally(letGo);
    assert.equal(refused.status, 503);
    assert.match(refused.text, /<html lang="en"/);
    assert.match(refused.text, /<h1>One moment/);
    assert.doesNotMatch(refused.text, /Moment:|http-equiv="refresh"/);
    await person.press(againOn(refused).press());
    assert.notEqual(person.at, 'address');
    assert.deepEqual(person.errors, []);
  });

  it('leaves a terminal after a while, where the next person may stand', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk(SERVICE, household(4), 'address');
    const sent = person.fill(SERVICE, household(4)).press({ name: '_action', value: 'next' });
    const letGo = await lock('visit');
    const refused = await person.send(sent).finally(letGo);
    assert.match(refused.text, /<meta http-equiv="refresh" content="\d+; url=\/"/);
  });

  it('asks for a file again, and for nothing else', async () => {
    const person = await arrive(office.origin);
    await person.walk(FILES, CONFIRMATION, 'mandate');
    const file = sampleFile('sample.png');
    assert.ok(file);
    const form = person.fill(FILES, CONFIRMATION);
    form.fill('mandate', file);
    const letGo = await lock('draft_file');
    const refused = await person.send(form.press({ name: '_action', value: 'next' })).finally(letGo);
    assert.equal(refused.status, 503);
    assert.match(refused.text, /Bitte wählen Sie sie noch einmal aus/);
    const again = againOn(refused);
    again.fill('mandate', file);
    await person.press(again.press());
    assert.notEqual(person.at, 'mandate', person.errors.join());
  });

  it('is handed in once when it is sent again, and pages go on while others hand in', async () => {
    const people = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const person = await arrive(office.origin);
        await person.walk(SERVICE, household(10 + index));
        return person;
      }),
    );
    const count = async () => (await office.db.selectFrom('cases').select('id').execute()).length;
    const before = await count();
    const letGo = await lock('audit_head');
    const sent = people.map((person) => person.send(person.review(SERVICE)));
    await eventually('they stand before it', async () => (await waitingFor('audit_head', 'handIn')) > 0);
    assert.equal((await people[0]?.client.get(page('review')))?.status, 200);
    assert.equal(await ready(), 200);
    const refused = await Promise.all(sent).finally(letGo);
    assert.equal(await count(), before);
    for (const [index, answer] of refused.entries()) {
      assert.equal(answer.status, 503);
      const person = people[index];
      await person?.press(againOn(answer).press());
      assert.ok(person?.receipt().number);
    }
    assert.equal(await count(), before + people.length);
  });
});
