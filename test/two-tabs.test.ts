import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { arrive, household } from '#test/citizen';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** @returns how many statements wait for a lock that somebody else holds */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
  `.execute(office.db);
  return Number(rows[0]?.count);
}

describe('the same page answered in two tabs at the same moment', () => {
  it('keeps what the slower one typed on the screen, and says so', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(1), 'contact');
    const one = person.fill(SERVICE, { ...household(1), phone: '0721 111111' }).press();
    const other = person.fill(SERVICE, { ...household(1), phone: '0721 222222' }).press();
    // Both have read the visit before either has written it: the row is held until both stand in line.
    const sent = await office.db.transaction().execute(async (tx) => {
      await tx.selectFrom('visit').select('id').forUpdate().execute();
      const both = [person.send(one), person.send(other)];
      await eventually('both answers wait', async () => (await waiting()) === 2);
      return both;
    });
    const places = (await Promise.all(sent)).map(
      ({ status, headers }) => `${status} ${headers.get('location')}`,
    );
    assert.equal(places.filter((place) => place.endsWith('/contact')).length, 1, places.join(', '));

    await person.open(`/service/${SERVICE}/contact`);
    assert.deepEqual(person.errors, ['phone: formOutdated']);
    const shown = new Map(person.form(`/service/${SERVICE}/contact`).press().entries as [string, string][]);
    const slower = places[0]?.endsWith('/contact') ? '0721 111111' : '0721 222222';
    assert.equal(shown.get('phone'), slower);
  });
});
